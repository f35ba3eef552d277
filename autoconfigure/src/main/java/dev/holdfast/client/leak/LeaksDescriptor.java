/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Answer of the endpoint.
 *
 * @param suspects the oldest suspected leases, at most a hundred
 * @param reclaimed the leases that were taken back last
 * @param totals how many there are in all
 * @param sockets sockets of the network namespace
 * @param ports ephemeral ports, null where they are not known
 * @param descriptors file descriptors, null where they are not known
 * @param findings what should be looked at
 * @param pools every pool that is known
 */
record LeaksDescriptor(List<SuspectDescriptor> suspects, List<ReclaimedDescriptor> reclaimed, Totals totals,
		SocketsDescriptor sockets, @JsonInclude @Nullable PortsDescriptor ports,
		@JsonInclude @Nullable Used descriptors, List<FindingDescriptor> findings,
		List<PoolDescriptor> pools) implements OperationResponseBody {

	/**
	 * A suspected lease.
	 *
	 * @param pool name of the client or data source
	 * @param target the peer
	 * @param operation method and template of the call
	 * @param route template of the inbound route, null outside of a request
	 * @param handler what handled the inbound request, null outside of a request
	 * @param kind what is likely to be the matter
	 * @param evidence what speaks for it
	 * @param ageMs time since it was taken, in milliseconds
	 * @param stillMs time since something was done with it, in milliseconds
	 * @param bytes what was sent and received of bodies
	 * @param thread name of the thread that took it, null if it has ended
	 * @param stack stack of that thread now, null where it is not shown
	 * @param localPort local port, null before it is connected
	 * @param peer address and port of the peer, null where it is not shown
	 * @param socket what the kernel says, null where that is not known
	 * @param takenAt lines of the application that took it, null if that was not recorded
	 * or is not shown
	 */
	record SuspectDescriptor(String pool, String target, String operation, @JsonInclude @Nullable String route,
			@JsonInclude @Nullable String handler, String kind, String evidence, long ageMs, long stillMs, long bytes,
			@JsonInclude @Nullable String thread, @Nullable List<String> stack,
			@JsonInclude @Nullable Integer localPort, @Nullable String peer,
			@JsonInclude @Nullable SocketDescriptor socket, @Nullable List<String> takenAt) {
	}

	/**
	 * A socket.
	 *
	 * @param state state of the connection
	 * @param receiveQueue bytes that have come and were not read
	 * @param sendQueue bytes that the peer has not acknowledged
	 * @param retransmits how often the first of them was sent again
	 */
	record SocketDescriptor(String state, long receiveQueue, long sendQueue, int retransmits) {
	}

	/**
	 * A lease that was taken back.
	 *
	 * @param pool name of the client or data source
	 * @param target the peer
	 * @param operation method and template of the call
	 * @param route template of the inbound route, null outside of a request
	 * @param handler what handled the inbound request, null outside of a request
	 * @param tier certain or abandoned
	 * @param ageMs how old it was, in milliseconds
	 * @param agoMs how long ago that was, in milliseconds
	 * @param site line of the application that took it, null if that was not recorded or
	 * is not shown
	 */
	record ReclaimedDescriptor(String pool, String target, String operation, @JsonInclude @Nullable String route,
			@JsonInclude @Nullable String handler, String tier, long ageMs, long agoMs, @Nullable String site) {
	}

	/**
	 * All leases.
	 *
	 * @param leases leases now
	 * @param suspected suspects now, by kind
	 * @param reclaimed taken back since the start, by tier
	 * @param late suspects that came back by themselves, since the start
	 */
	record Totals(int leases, Map<String, Long> suspected, Map<String, Long> reclaimed, long late) {
	}

	/**
	 * Sockets of the network namespace.
	 *
	 * @param available whether they are known
	 * @param reason why they are not, null if they are
	 * @param states sockets by state
	 * @param listening sockets by state, of each port that somebody listens on
	 * @param remotes outbound sockets by state, of the peers with the most; the address
	 * is null where it is not shown
	 * @param closeWait connections that peers have closed and pools have not
	 * @param retransmits segments sent again since the start of the machine, null if not
	 * known
	 * @param listenOverflows connections dropped because an accept queue was full, null
	 * if not known
	 */
	record SocketsDescriptor(boolean available, @Nullable String reason, Map<String, Integer> states,
			Map<String, Map<String, Integer>> listening, List<RemoteDescriptor> remotes,
			List<Resources.HalfClosed> closeWait, @Nullable Long retransmits, @Nullable Long listenOverflows) {
	}

	/**
	 * Sockets to one peer.
	 *
	 * @param peer address and port, null where it is not shown
	 * @param pools names of the pools that have connections to it
	 * @param states sockets by state
	 */
	record RemoteDescriptor(@Nullable String peer, List<String> pools, Map<String, Integer> states) {
	}

	/**
	 * Ephemeral ports.
	 *
	 * @param used ports in use towards the peer that uses most
	 * @param timeWait how many of them are in TIME_WAIT
	 * @param size ports of the range
	 * @param ratio used of the range, 0 to 1
	 */
	record PortsDescriptor(int used, int timeWait, int size, double ratio) {
	}

	/**
	 * What is used of a limit.
	 *
	 * @param open in use
	 * @param max the limit
	 */
	record Used(long open, long max) {
	}

	/**
	 * A finding.
	 *
	 * @param id its id
	 * @param severity how bad it is
	 * @param message what was found
	 * @param remedy what helps
	 */
	record FindingDescriptor(String id, String severity, String message, String remedy) {
	}

	/**
	 * A pool.
	 *
	 * @param kind http, jdbc or server
	 * @param name its name
	 * @param active connections in use
	 * @param idle connections that wait to be used
	 * @param pending callers that wait for a connection
	 * @param max the largest number of connections, -1 without a bound
	 */
	record PoolDescriptor(String kind, String name, int active, int idle, int pending, int max) {
	}

}

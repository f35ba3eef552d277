/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.holdfast.socket.Descriptors;
import dev.holdfast.socket.EphemeralPorts;
import dev.holdfast.socket.NetworkCounters;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says, in the words of the endpoint.
 */
final class SocketView {

	/** Peers that are shown. */
	private static final int PEERS = 10;

	private final Resources resources;

	private final Sockets source;

	private final boolean peers;

	SocketView(Resources resources, boolean peers) {
		this.resources = resources;
		this.source = resources.sockets();
		this.peers = peers;
	}

	LeaksDescriptor.SocketsDescriptor sockets() {
		SocketTable table = this.source.table();
		if (table == null) {
			return new LeaksDescriptor.SocketsDescriptor(false, this.source.unavailableReason(), Map.of(), Map.of(),
					List.of(), List.of(), null, null);
		}
		Map<String, Map<String, Integer>> listening = new TreeMap<>();
		table.listeningPorts()
			.forEach((port) -> listening.put(Integer.toString(port), labels(table.statesOfPort(port))));
		NetworkCounters counters = this.source.counters();
		return new LeaksDescriptor.SocketsDescriptor(true, null, labels(table.states()), listening, remotes(table),
				this.resources.halfClosed(table), (counters != null) ? counters.retransmits() : null,
				(counters != null) ? counters.listenOverflows() : null);
	}

	private List<LeaksDescriptor.RemoteDescriptor> remotes(SocketTable table) {
		Map<InetSocketAddress, Set<String>> pools = new HashMap<>();
		this.resources.connections()
			.forEach((open) -> pools.computeIfAbsent(open.ends().remote(), (unused) -> new TreeSet<>())
				.add(open.pool()));
		List<LeaksDescriptor.RemoteDescriptor> remotes = new ArrayList<>();
		table.statesByRemote(PEERS)
			.forEach((remote, states) -> remotes
				.add(new LeaksDescriptor.RemoteDescriptor(this.peers ? text(remote) : null,
						List.copyOf(pools.getOrDefault(remote, Set.of())), labels(states))));
		return remotes;
	}

	LeaksDescriptor.@Nullable PortsDescriptor ports() {
		EphemeralPorts ports = this.source.ephemeralPorts();
		return (ports != null)
				? new LeaksDescriptor.PortsDescriptor(ports.used(), ports.timeWait(), ports.size(), ports.ratio())
				: null;
	}

	LeaksDescriptor.@Nullable Used descriptors() {
		Descriptors descriptors = this.source.descriptors();
		return (descriptors != null) ? new LeaksDescriptor.Used(descriptors.open(), descriptors.max()) : null;
	}

	private static Map<String, Integer> labels(Map<SocketState, Integer> states) {
		Map<String, Integer> labels = new TreeMap<>();
		states.forEach((state, count) -> labels.put(state.label(), count));
		return labels;
	}

	static String text(InetSocketAddress address) {
		// behind a SOCKS proxy the peer's name may never have been looked up
		String host = address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
		return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + address.getPort();
	}

}

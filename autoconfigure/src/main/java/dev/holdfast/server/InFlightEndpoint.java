/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.EndReason;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the requests that run, oldest first.
 */
@WebEndpoint(id = "inflight", defaultAccess = Access.READ_ONLY)
final class InFlightEndpoint {

	private final RunningRequests running;

	private final InFlightProperties properties;

	InFlightEndpoint(RunningRequests running, InFlightProperties properties) {
		this.running = running;
		this.properties = properties;
	}

	@ReadOperation
	InFlightDescriptor inFlight(SecurityContext securityContext, @Nullable Boolean stacks) {
		boolean showStacks = Boolean.TRUE.equals(stacks)
				&& this.properties.showStacks().isShown(securityContext, this.properties.roles());
		boolean showPeers = this.properties.showPeers().isShown(securityContext, this.properties.roles());
		List<RequestDescriptor> requests = this.running.oldestFirst()
			.stream()
			.map((request) -> describe(request, showStacks, showPeers))
			.toList();
		return new InFlightDescriptor(requests, requests.size(),
				(int) requests.stream().filter((request) -> request.ended() != null).count());
	}

	private RequestDescriptor describe(RunningRequest request, boolean showStack, boolean showPeer) {
		EndReason ended = request.lifetime().endReason();
		Duration age = this.running.age(request);
		Duration left = request.timeLeft(age);
		Thread own = request.thread();
		Thread thread = (own != null) ? own : request.resultThread();
		return new RequestDescriptor(request.method(), request.route(), age.toMillis(), request.phase().label(),
				(left != null) ? left.toMillis() : null, (ended != null) ? ended.name().toLowerCase(Locale.ROOT) : null,
				request.isClientGone(), (thread != null) ? thread.getName() : null, showPeer ? request.peer() : null,
				(showStack && thread != null) ? stack(thread) : null);
	}

	private static List<String> stack(Thread thread) {
		return Arrays.stream(thread.getStackTrace()).map(StackTraceElement::toString).toList();
	}

	/**
	 * Answer of the endpoint.
	 *
	 * @param running the requests, oldest first
	 * @param total how many there are
	 * @param ghosts how many of them have ended lifetimes
	 */
	record InFlightDescriptor(List<RequestDescriptor> running, int total, int ghosts) implements OperationResponseBody {
	}

	/**
	 * A request that runs.
	 *
	 * @param method method of the request
	 * @param route template of the route, null until a handler is found
	 * @param ageMs time since it came, in milliseconds
	 * @param phase queued, filters, handler or async
	 * @param deadlineLeftMs time left in milliseconds until it is late, whether it is
	 * ended then or not; null without a limit, while its body is read and once it is
	 * answered
	 * @param ended why its lifetime has ended, null while it lasts
	 * @param clientGone whether its client is known to have left, also where it runs on
	 * @param thread name of the thread that works on it or on its result, null while none
	 * does
	 * @param peer address of the peer, null where it is not shown
	 * @param stack stack of the thread, null where it is not shown
	 */
	record RequestDescriptor(String method, @JsonInclude @Nullable String route, long ageMs, String phase,
			@JsonInclude @Nullable Long deadlineLeftMs, @JsonInclude @Nullable String ended, boolean clientGone,
			@JsonInclude @Nullable String thread, @Nullable String peer, @Nullable List<String> stack) {
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.util.List;

import dev.holdfast.concurrency.Admission;
import dev.holdfast.concurrency.Limiter;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The outermost filter: a request is taken and given back here and nowhere else. It is
 * registered as running, admitted or refused, and worked on under its own
 * {@link Lifetime}.
 */
final class AdmissionFilter implements Filter {

	private final RequestClassifier classifier;

	private final RunningRequests running;

	private final Refusal refusal;

	private final EndedAnswer answer;

	private final List<RequestWatch> watches;

	AdmissionFilter(RequestClassifier classifier, RunningRequests running, Refusal refusal, EndedAnswer answer,
			List<RequestWatch> watches) {
		this.classifier = classifier;
		this.running = running;
		this.refusal = refusal;
		this.answer = answer;
		this.watches = List.copyOf(watches);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		AdmittedRequest left = (request.getDispatcherType() == DispatcherType.ASYNC) ? AdmittedRequest.leftWith(request)
				: null;
		if (left != null) {
			proceed(left, request, response, chain);
		}
		else if (AdmittedRequest.current() != null || !(request instanceof HttpServletRequest httpRequest)
				|| !(response instanceof HttpServletResponse httpResponse)) {
			// a dispatch within a dispatch, or not for us
			chain.doFilter(request, response);
		}
		else {
			AdmittedRequest admitted = admit(httpRequest, httpResponse);
			if (admitted != null) {
				proceed(admitted, admitted.watched(httpRequest, httpResponse), response, chain);
			}
		}
	}

	private @Nullable AdmittedRequest admit(HttpServletRequest request, HttpServletResponse response) {
		RequestClassifier.Target target = this.classifier.classify(request);
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		RunningRequest entry = this.running.begin(request.getMethod(), request.getRemoteAddr(), lifetime);
		Companions companions = new Companions(entry);
		Admission admission = Admission.Admitted.INSTANCE;
		boolean answered = false;
		try {
			meet(request, entry, target, companions);
			admission = ask(target, lifetime, companions);
			answered = true;
		}
		finally {
			if (!answered || admission != Admission.Admitted.INSTANCE) {
				lifetime.complete();
				companions.finished();
				this.running.end(entry);
			}
		}
		if (admission instanceof Admission.Shed shed) {
			this.refusal.send(shed.reason(), target, request, response);
			return null;
		}
		return new AdmittedRequest(target, entry, this.running, lifetime, companions);
	}

	private static Admission ask(RequestClassifier.Target target, Lifetime lifetime, Companions companions) {
		Limiter limiter = target.limiter();
		long delay = SchedulingDelay.take();
		if (limiter.isCrowded() && companions.crowded()) {
			return limiter.refuseEnded(target.lane());
		}
		return limiter.admit(target.lane(), lifetime, delay);
	}

	private void meet(HttpServletRequest request, RunningRequest entry, RequestClassifier.Target target,
			Companions companions) {
		if (!target.rules().isEmpty()) {
			entry.endRules(target.rules());
		}
		if (target.application()) {
			companions.join(this.watches, request, target.lane().name());
		}
	}

	private void proceed(AdmittedRequest admitted, ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Lifetime before = admitted.beforeDispatch();
		try {
			chain.doFilter(request, response);
		}
		catch (Throwable ex) {
			if (!this.answer.send(admitted, response)) {
				throw ex;
			}
		}
		finally {
			admitted.afterDispatch(before, request, response);
		}
	}

}

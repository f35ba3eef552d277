/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;

import dev.holdfast.concurrency.Admission;
import dev.holdfast.inflight.EndRules;
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

	private final RequestWatch watch;

	AdmissionFilter(RequestClassifier classifier, RunningRequests running, Refusal refusal, EndedAnswer answer,
			RequestWatch watch) {
		this.classifier = classifier;
		this.running = running;
		this.refusal = refusal;
		this.answer = answer;
		this.watch = watch;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		AdmittedRequest known = AdmittedRequest.of(request);
		if (known != null && request.getDispatcherType() == DispatcherType.ASYNC) {
			proceed(known, request, response, chain);
		}
		else if (known != null || !(request instanceof HttpServletRequest httpRequest)
				|| !(response instanceof HttpServletResponse httpResponse)) {
			// a dispatch within a dispatch, or not for us
			chain.doFilter(request, response);
		}
		else {
			AdmittedRequest admitted = admit(httpRequest, httpResponse);
			if (admitted != null) {
				admitted.attachTo(request);
				proceed(admitted, admitted.watched(httpRequest, httpResponse), response, chain);
			}
		}
	}

	private @Nullable AdmittedRequest admit(HttpServletRequest request, HttpServletResponse response) {
		RequestClassifier.Target target = this.classifier.classify(request);
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		RunningRequest entry = this.running.begin(request.getMethod(), request.getRemoteAddr(), lifetime);
		WatchedRequest watched = null;
		Admission admission = Admission.Admitted.INSTANCE;
		boolean answered = false;
		try {
			watched = meet(request, entry, target);
			admission = target.limiter().admit(target.lane(), lifetime);
			answered = true;
		}
		finally {
			if (!answered || admission != Admission.Admitted.INSTANCE) {
				lifetime.complete();
				if (watched != null) {
					watched.finished(entry);
				}
				this.running.end(entry);
			}
		}
		if (admission instanceof Admission.Shed shed) {
			this.refusal.send(shed.reason(), target, request, response);
			return null;
		}
		return new AdmittedRequest(target, entry, this.running, lifetime, watched);
	}

	private @Nullable WatchedRequest meet(HttpServletRequest request, RunningRequest entry,
			RequestClassifier.Target target) {
		if (!target.rules().equals(EndRules.NONE)) {
			entry.endRules(target.rules());
		}
		return target.application() ? this.watch.meet(request, entry, target.lane().name()) : null;
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

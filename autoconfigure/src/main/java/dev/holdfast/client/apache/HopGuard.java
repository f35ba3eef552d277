/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import dev.holdfast.failure.CallPhase;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One hop of a call, inside redirects: what may be sent to this peer, how often, and a
 * body that is bounded when it is closed.
 */
final class HopGuard implements ExecChainHandler {

	private final Retries retries;

	HopGuard(Retries retries) {
		this.retries = retries;
	}

	@Override
	public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		Call call = CurrentCall.get();
		if (call == null) {
			return chain.proceed(request, scope);
		}
		RouteKey target = call.route().plan(scope.route);
		if (!target.target().equals(call.route().origin())) {
			call.pool().recordSite(call);
		}
		ForeignOrigin.strip(request, target.target(), call.route().origin());
		PriorityHeader.add(request, call.pool().settings());
		this.retries.deposit();
		// before the chain below adds its own to the first attempt
		Header[] asked = request.getHeaders();
		ClassicHttpRequest attempt = request;
		for (int number = 1;; number++) {
			call.attempts().begin(number);
			BudgetHeader.add(attempt, call.pool().settings());
			Optional<Duration> pause;
			@Nullable Exception failure = null;
			try {
				ClassicHttpResponse response = chain.proceed(attempt, scope);
				BodyEntity.bound(response, call, scope.execRuntime);
				pause = this.retries.afterResponse(request, response, number, call);
				if (pause.isEmpty()) {
					return response;
				}
				response.close();
			}
			catch (IOException | HttpException | RuntimeException ex) {
				pause = this.retries.afterFailure(request, ex, number, call);
				if (pause.isEmpty()) {
					throw ex;
				}
				failure = ex;
			}
			scope.execRuntime.discardEndpoint();
			pause(call, pause.get(), failure);
			attempt = ClassicRequestBuilder.copy(scope.originalRequest).build();
			attempt.setHeaders(asked);
		}
	}

	private void pause(Call call, Duration pause, @Nullable Exception failure) throws IOException {
		call.enter(CallPhase.BACKOFF, Call.NEVER);
		try {
			call.await(new CountDownLatch(1), pause.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			CallInterruptedException interrupted = new CallInterruptedException();
			if (failure != null) {
				interrupted.addSuppressed(failure);
			}
			throw interrupted;
		}
		finally {
			// nothing is leased meanwhile: this alone keeps the pool of a client that
			// nobody
			// needs after the call
			Reference.reachabilityFence(this);
		}
	}

}

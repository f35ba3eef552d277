/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;

import dev.holdfast.failure.FailureKind;
import dev.holdfast.server.Wire;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.ClientAbortException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which failures say that the client of a request has gone.
 */
@Tag("C10")
class ClientStreamsTests {

	private final IOException broken = new IOException("Broken pipe");

	@Test
	void tomcatsOwnExceptionSaysIt() {
		assertThat(ClientStreams.gone(new ClientAbortException(this.broken))).isEqualTo(FailureKind.RESET);
		assertThat(ClientStreams.gone(new ClientAbortException())).isEqualTo(FailureKind.RESET);
	}

	@Test
	void springsOwnExceptionSaysIt() {
		assertThat(ClientStreams.gone(new AsyncRequestNotUsableException("no more"))).isEqualTo(FailureKind.RESET);
		assertThat(ClientStreams.gone(new AsyncRequestNotUsableException("failed", new EofException())))
			.isEqualTo(FailureKind.CLOSED_BY_PEER);
		assertThat(ClientStreams.gone(new AsyncRequestNotUsableException("failed", new EofException(this.broken))))
			.isEqualTo(FailureKind.RESET);
	}

	@Test
	void whateverIsAroundIt() {
		assertThat(ClientStreams
			.gone(new ServletException(new IllegalStateException(new ClientAbortException(this.broken)))))
			.isEqualTo(FailureKind.RESET);
		assertThat(ClientStreams.gone(new HttpMessageNotWritableException("Could not write JSON",
				new AsyncRequestNotUsableException("failed", this.broken))))
			.isEqualTo(FailureKind.RESET);
		// a copy from another peer to the client
		assertThat(ClientStreams.gone(new ResourceAccessException("I/O error", new ClientAbortException(this.broken))))
			.isEqualTo(FailureKind.RESET);
	}

	@ParameterizedTest
	@CsvSource({ "org.eclipse.jetty.ee11.servlet.HttpOutput, true", "org.eclipse.jetty.ee11.servlet.HttpInput$1, true",
			"org.apache.catalina.connector.OutputBuffer, true", "org.apache.catalina.connector.InputBuffer, true",
			"org.eclipse.jetty.ee11.servlet.ServletHolder, false",
			"org.apache.catalina.core.StandardWrapperValve, false", "org.example.HttpOutput, false" })
	void anyFailureOfAStreamOfTheServerSaysIt(String type, boolean says) {
		IOException failure = new IOException("Connection reset");
		failure.setStackTrace(new StackTraceElement[] { new StackTraceElement("sun.nio.ch.Net", "read", null, -1),
				new StackTraceElement(type, "write", null, -1),
				new StackTraceElement("org.example.Shop", "export", null, -1) });
		assertThat(ClientStreams.gone(failure)).isEqualTo(says ? FailureKind.RESET : null);
	}

	@Test
	void aConnectionToAnotherPeerSaysNothing() {
		assertThat(ClientStreams.gone(new SocketException("Connection reset"))).isNull();
		assertThat(ClientStreams.gone(new IllegalStateException(this.broken))).isNull();
		assertThat(ClientStreams.gone(new ResourceAccessException("I/O error", this.broken))).isNull();
		assertThat(ClientStreams.gone(new EofException())).isNull();
	}

	// a write that had to wait fails on a thread where no stream is to be seen
	@Test
	void jettysExceptionSaysItOnceTheConnectionKnows() {
		Throwable failure = new IllegalStateException(new EofException(this.broken));
		assertThat(ClientStreams.gone(failure, requestOver(true))).isEqualTo(FailureKind.RESET);
		assertThat(ClientStreams.gone(failure, requestOver(false))).isNull();
		assertThat(ClientStreams.gone(failure, new MockHttpServletRequest())).isNull();
		assertThat(ClientStreams.gone(new IllegalStateException(this.broken), requestOver(true))).isNull();
	}

	private static MockHttpServletRequest requestOver(boolean reset) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAttribute(Wire.ATTRIBUTE, new Wire() {

			@Override
			public @Nullable SocketChannel channel() {
				return null;
			}

			@Override
			public boolean isReset() {
				return reset;
			}

		});
		return request;
	}

	@Test
	void aClientThatIsSlowHasNotGone() {
		assertThat(ClientStreams.gone(new ClientAbortException(new SocketTimeoutException()))).isNull();
	}

	@Test
	void aCircleOfCausesEnds() {
		Exception one = new IllegalStateException("one");
		one.initCause(new IllegalArgumentException("other", one));
		assertThat(ClientStreams.gone(one)).isNull();
	}

}

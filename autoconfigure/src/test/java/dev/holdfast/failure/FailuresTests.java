/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.failure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each exception of the JDK is called.
 */
@Tag("B9")
@Tag("G7")
class FailuresTests {

	@ParameterizedTest
	@MethodSource({ "connecting", "handshakes", "cutConnections", "others" })
	void anExceptionHasItsKind(Throwable thrown, FailureKind kind) {
		assertThat(Failures.kindOf(thrown)).isEqualTo(kind);
	}

	@ParameterizedTest
	@MethodSource({ "connecting", "handshakes", "cutConnections", "others" })
	void itKeepsItWithinOthersThatSayNothing(Throwable thrown, FailureKind kind) {
		assertThat(Failures.kindOf(new IllegalStateException(new IOException("I/O error", thrown)))).isEqualTo(kind);
	}

	static Stream<Arguments> connecting() {
		return Stream.of(Arguments.of(new UnknownHostException("shop.test"), FailureKind.DNS),
				Arguments.of(new ConnectException("Connection refused"), FailureKind.REFUSED),
				Arguments.of(new ConnectException("Network is unreachable"), FailureKind.UNREACHABLE),
				Arguments.of(new ConnectException(), FailureKind.UNREACHABLE),
				Arguments.of(new NoRouteToHostException("No route to host"), FailureKind.UNREACHABLE),
				Arguments.of(new BindException("Cannot assign requested address"), FailureKind.UNREACHABLE),
				Arguments.of(new PortUnreachableException(), FailureKind.UNREACHABLE),
				Arguments.of(new SocketException("Network is unreachable"), FailureKind.UNREACHABLE),
				Arguments.of(new SocketException("No route to host"), FailureKind.UNREACHABLE));
	}

	static Stream<Arguments> handshakes() {
		return Stream.of(Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), FailureKind.TLS),
				Arguments.of(new SSLHandshakeException("Received fatal alert"), FailureKind.TLS),
				Arguments.of(new SSLException("PKIX", new CertificateException("Connection reset")), FailureKind.TLS),
				Arguments.of(new SSLException("TLS", new SocketException("What is that?")), FailureKind.TLS),
				Arguments.of(new SSLException("TLS", new SocketException("Connection reset")), FailureKind.RESET),
				Arguments.of(new SSLException("TLS", new SocketTimeoutException()), FailureKind.TIMEOUT),
				Arguments.of(new SSLException("TLS", new EOFException()), FailureKind.CLOSED_BY_PEER));
	}

	static Stream<Arguments> cutConnections() {
		return Stream.of(Arguments.of(new SocketException("Connection reset"), FailureKind.RESET),
				Arguments.of(new SocketException("Connection reset by peer"), FailureKind.RESET),
				Arguments.of(new SocketException("Broken pipe"), FailureKind.RESET),
				Arguments.of(new IOException("Broken pipe"), FailureKind.RESET),
				Arguments.of(new IOException("CONNECTION RESET BY PEER"), FailureKind.RESET),
				Arguments.of(new SocketException("Software caused connection abort"), FailureKind.RESET),
				Arguments.of(new EOFException(), FailureKind.CLOSED_BY_PEER),
				Arguments.of(new ClosedChannelException(), FailureKind.CLOSED_BY_PEER),
				Arguments.of(new IOException("Unexpected end of stream"), FailureKind.CLOSED_BY_PEER),
				Arguments.of(new IOException("Unexpected end of file from server"), FailureKind.CLOSED_BY_PEER));
	}

	static Stream<Arguments> others() {
		return Stream.of(Arguments.of(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT),
				Arguments.of(new TimeoutException(), FailureKind.TIMEOUT),
				Arguments.of(new ProtocolException("Invalid header"), FailureKind.PROTOCOL),
				Arguments.of(new ClosedByInterruptException(), FailureKind.CANCELLED),
				Arguments.of(new CancellationException(), FailureKind.CANCELLED),
				Arguments.of(new InterruptedException(), FailureKind.CANCELLED),
				Arguments.of(new InterruptedIOException(), FailureKind.CANCELLED),
				Arguments.of(new IOException("Disk full"), FailureKind.OTHER),
				Arguments.of(new IOException(), FailureKind.OTHER),
				Arguments.of(new SocketException("Socket is not connected"), FailureKind.OTHER),
				Arguments.of(new IllegalArgumentException("Connection reset"), FailureKind.OTHER),
				Arguments.of(new NoSuchMethodError("Connection reset"), FailureKind.OTHER));
	}

	@Test
	void theOutermostThatSaysSomethingIsBelieved() {
		Throwable timeout = new SocketTimeoutException("Connect timed out")
			.initCause(new ConnectException("Connection refused"));
		assertThat(Failures.kindOf(new UncheckedIOException(new IOException(timeout)))).isEqualTo(FailureKind.TIMEOUT);
		assertThat(Failures.kindOf(new IOException("Connection reset", new UnknownHostException())))
			.isEqualTo(FailureKind.RESET);
	}

	@Test
	void causesAreLookedAtSixteenDeep() {
		assertThat(Failures.kindOf(wrapped(15))).isEqualTo(FailureKind.REFUSED);
		assertThat(Failures.kindOf(wrapped(16))).isEqualTo(FailureKind.OTHER);
	}

	@Test
	@Timeout(5)
	void causesThatGoInACircleEnd() {
		Exception first = new IllegalStateException();
		first.initCause(new IllegalStateException(first));
		assertThat(Failures.kindOf(first)).isEqualTo(FailureKind.OTHER);
	}

	@Test
	void aLibraryKnowsItsOwnExceptions() {
		Failures.Library library = (failure) -> (failure instanceof ConnectException) ? FailureKind.POOL_EXHAUSTED
				: null;
		assertThat(Failures.kindOf(new IOException(new ConnectException("Connection refused")), library))
			.isEqualTo(FailureKind.POOL_EXHAUSTED);
		assertThat(Failures.kindOf(new UnknownHostException(), library)).isEqualTo(FailureKind.DNS);
	}

	@Test
	void aMessageIsReadAlikeInEachLanguage() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			assertThat(Failures.kindOf(new SocketException("BROKEN PIPE"))).isEqualTo(FailureKind.RESET);
			assertThat(FailureKind.POOL_EXHAUSTED.label()).isEqualTo("pool-exhausted");
			assertThat(FailureKind.TIMEOUT.label()).isEqualTo("timeout");
			assertThat(CallPhase.WRITE.label()).isEqualTo("write");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void theTagsAreAClosedSet() {
		assertThat(FailureKind.values()).extracting(FailureKind::label)
			.containsExactly("refused", "unreachable", "dns", "tls", "timeout", "reset", "closed-by-peer",
					"pool-exhausted", "cancelled", "response-too-large", "blocked-address", "protocol", "other");
		assertThat(CallPhase.values()).extracting(CallPhase::label)
			.containsExactly("lease", "dns", "connect", "tls", "write", "headers", "body", "backoff");
	}

	@Test
	void onlyWhatComesBeforeTheRequestIsHarmlessToSendAgain() {
		assertThat(FailureKind.values()).filteredOn(FailureKind::isBeforeTheRequest)
			.containsExactly(FailureKind.REFUSED, FailureKind.UNREACHABLE, FailureKind.DNS, FailureKind.POOL_EXHAUSTED);
		assertThat(FailureKind.values()).filteredOn(FailureKind::isPeerGone)
			.containsExactly(FailureKind.RESET, FailureKind.CLOSED_BY_PEER);
	}

	private static Throwable wrapped(int times) {
		Throwable failure = new ConnectException("Connection refused");
		for (int i = 0; i < times; i++) {
			failure = new IllegalStateException(failure);
		}
		return failure;
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which handshakes were spared.
 */
@Tag("B5")
class ResumptionTests {

	private static final String CLOSING = Peer.OK.replace("Content-Length", "Connection: close\r\nContent-Length");

	@Test
	void theSecondConnectionResumesTheSessionOfTheFirst(@TempDir Path folder) throws Exception {
		Certificate certificate = Certificate.in(folder);
		try (Peer peer = Peer.answering(certificate.listener(), CLOSING);
				Bounded app = Bounded.with(certificate.trusted())) {
			String url = peer.url().replace("http:", "https:");
			MeterRegistry meters = app.meters();
			assertThat(app.get(url)).isEqualTo("ok");
			assertThat(handshakes(meters, false)).isOne();
			assertThat(handshakes(meters, true)).isZero();
			assertThat(app.get(url)).isEqualTo("ok");
			assertThat(handshakes(meters, false)).isOne();
			assertThat(handshakes(meters, true)).isOne();
			assertThat(peer.connections()).isEqualTo(2);
		}
	}

	private static double handshakes(MeterRegistry meters, boolean resumed) {
		return meters.get("holdfast.client.tls.handshake")
			.tag("resumed", Boolean.toString(resumed))
			.functionTimer()
			.count();
	}

}

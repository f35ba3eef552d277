/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.lab.outbound.Stage.Setting;
import dev.holdfast.lab.outbound.Trial.Call;
import dev.holdfast.lab.peer.BlackHole;
import dev.holdfast.lab.peer.Holder;
import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;

import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The rows of the table: a fault for every phase of a call.
 */
final class Faults {

	/** Much more than all buffers on the way. */
	private static final int UPLOAD = 64 * 1024 * 1024;

	private static final String HOLDERS = "/holders/{id}";

	private Faults() {
	}

	static List<Fault> all() {
		return List.of(Fault
			.of("pool exhausted", "lease-timeout",
					Expected.failure(FailureKind.POOL_EXHAUSTED, CallPhase.LEASE).saying(HOLDERS), Faults::exhausted)
			.with("max-connections-per-route=1"),
				Fault.of("DNS that takes 30 s", "dns-timeout", timeout(CallPhase.DNS), Faults::slowDns),
				Fault.of("four addresses, all black holes", "connect-timeout", timeout(CallPhase.CONNECT),
						Faults::blackHole),
				Fault.of("TLS record, a byte per 60 ms", "tls-timeout", timeout(CallPhase.TLS), get(Peers::tlsDrip)),
				Fault.of("64 MiB to a peer that reads nothing", "write-timeout", timeout(CallPhase.WRITE),
						Faults::upload),
				Fault.of("no answer", "header-timeout", timeout(CallPhase.HEADERS), get(Peers::silent)),
				Fault.of("headers, a byte per 60 ms", "header-timeout", timeout(CallPhase.HEADERS),
						get(Peers::headerDrip)),
				Fault.of("body, a byte per 60 ms", "call-timeout", timeout(CallPhase.BODY), get(Peers::bodyDrip)),
				Fault
					.of("503 with Retry-After: 30", "call-timeout", Expected.status(503),
							get(() -> Peers.unavailable(Duration.ofSeconds(30))))
					.keeping(1),
				Fault.of("close of an endless body", "drain.max-time", Expected.success(), Faults::endless)
					.with("drain.max-bytes=1MB"));
	}

	private static Expected timeout(CallPhase phase) {
		return Expected.failure(FailureKind.TIMEOUT, phase);
	}

	private static Setting get(PeerSource source) {
		return (client) -> {
			Peer peer = source.start();
			return Stage.of(peer::close, get(client.client(), peer.url() + "/quotes/{id}"));
		};
	}

	private static Call get(RestClient client, String template) {
		return () -> client.get().uri(template, 7).retrieve().body(String.class);
	}

	private static Stage slowDns(BootClient client) {
		Peer peer = Peers.keepAlive();
		return Stage.of(peer::close, get(client.client(), peer.url(LabResolver.SLOW) + "/quotes/{id}"));
	}

	private static Stage blackHole(BootClient client) throws IOException {
		BlackHole hole = new BlackHole();
		return Stage.of(hole::close, get(client.client(), hole.url(LabResolver.FOUR_ADDRESSES) + "/quotes/{id}"));
	}

	private static Stage upload(BootClient client) throws IOException {
		Peer peer = Peers.nonReading();
		byte[] body = new byte[UPLOAD];
		return Stage.of(peer::close,
				() -> client.client().post().uri(peer.url() + "/uploads").body(body).retrieve().toBodilessEntity());
	}

	private static Stage exhausted(BootClient client) throws Exception {
		Holder holder = new Holder();
		int holders = client.holdersOfAll();
		for (int i = 0; i < holders; i++) {
			int id = i;
			Thread thread = new Thread(() -> hold(client.client(), holder.url() + HOLDERS, id), "holder");
			thread.setDaemon(true);
			thread.start();
		}
		if (!holder.awaitHeld(holders, Duration.ofSeconds(10))) {
			holder.close();
			throw new IOException("The pool gives out fewer than " + holders + " connections");
		}
		return Stage.of(() -> letGo(holder, holders), get(client.client(), holder.url() + "/quotes/{id}"));
	}

	// the answers first: a holder that is cut off would try again
	private static void letGo(Holder holder, int holders) {
		holder.letGo(holders);
		holder.close();
	}

	private static void hold(RestClient client, String template, int id) {
		try {
			client.get().uri(template, id).retrieve().body(String.class);
		}
		catch (RestClientException ex) {
			// the stage is closed
		}
	}

	private static Stage endless(BootClient client) {
		Peer peer = Peers.endless();
		return new Stage() {

			@Override
			public Call prepare() throws IOException {
				ClientHttpResponse response = Objects.requireNonNull(
						client.client().get().uri(peer.url() + "/events").exchange((request, answer) -> answer, false));
				InputStream body = response.getBody();
				if (body.read() != 'm') {
					throw new IOException("The body does not begin");
				}
				return response::close;
			}

			@Override
			public void close() {
				peer.close();
			}

		};
	}

	@FunctionalInterface
	private interface PeerSource {

		Peer start() throws IOException;

	}

}

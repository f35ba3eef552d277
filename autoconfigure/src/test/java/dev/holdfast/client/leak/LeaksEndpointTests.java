/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Map;

import dev.holdfast.leak.Ends;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.socket.SocketState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the endpoint joins, and for whom.
 */
@Tag("G4")
class LeaksEndpointTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void suspectIsJoinedWithItsRequestItsThreadAndItsSocket() {
		KnownSockets sockets = KnownSockets.in(this.folder, 3, SocketState.CLOSE_WAIT);
		KnownLeaks leaks = new KnownLeaks(sockets.reader(new ManualTicker()), KnownLease.abandoned("quotes", 2));
		assertThat(answer(leaks, Audience.ALWAYS).suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.pool()).isEqualTo("quotes");
			assertThat(suspect.target()).isEqualTo("http://quotes:80");
			assertThat(suspect.operation()).isEqualTo("GET /quotes/{id}");
			assertThat(suspect.route()).isEqualTo("/orders/{id}");
			assertThat(suspect.handler()).isEqualTo("Orders#show");
			assertThat(suspect.kind()).isEqualTo("abandoned");
			assertThat(suspect.evidence()).contains("120.0 s", "the request that it was taken in has ended");
			assertThat(suspect.ageMs()).isEqualTo(120_000);
			assertThat(suspect.stillMs()).isEqualTo(120_000);
			assertThat(suspect.bytes()).isEqualTo(77);
			assertThat(suspect.thread()).isEqualTo(Thread.currentThread().getName());
			assertThat(suspect.stack()).anyMatch((line) -> line.contains("LeaksEndpointTests.suspectIsJoined"));
			assertThat(suspect.localPort()).isEqualTo(40_002);
			assertThat(suspect.peer()).isEqualTo("10.0.0.1:443");
			assertThat(suspect.socket()).isEqualTo(new LeaksDescriptor.SocketDescriptor("close-wait", 5, 9, 3));
			assertThat(suspect.takenAt()).isNotNull();
		});
	}

	@ParameterizedTest(name = "{0} user={1} role={2} of {3}")
	@CsvSource({ "NEVER, true, true, , false", "WHEN_AUTHORIZED, false, false, , false",
			"WHEN_AUTHORIZED, true, false, , true", "WHEN_AUTHORIZED, true, false, OPS, false",
			"WHEN_AUTHORIZED, true, true, OPS, true", "ALWAYS, false, false, , true",
			"ALWAYS, false, false, OPS, true" })
	void stacksAndPeersAreShownToTheirAudience(Audience audience, boolean authenticated, boolean inRole,
			@Nullable String role, boolean shown) {
		KnownSockets sockets = KnownSockets.in(this.folder, 3, SocketState.ESTABLISHED);
		KnownLeaks leaks = new KnownLeaks(sockets.reader(new ManualTicker()), KnownLease.abandoned("quotes", 2));
		String[] roles = (role != null) ? new String[] { role } : new String[0];
		SecurityContext user = user(authenticated, inRole);

		LeaksDescriptor stacks = leaks.endpoint(audience, Audience.NEVER, roles).leaks(user);
		assertThat(stacks.suspects().get(0).stack() != null).isEqualTo(shown);
		assertThat(stacks.suspects().get(0).takenAt() != null).isEqualTo(shown);
		assertThat(stacks.suspects().get(0).peer()).isNull();
		assertThat(stacks.sockets().remotes()).hasSize(1).allSatisfy((remote) -> assertThat(remote.peer()).isNull());

		LeaksDescriptor peers = leaks.endpoint(Audience.NEVER, audience, roles).leaks(user);
		assertThat(peers.suspects().get(0).stack()).isNull();
		assertThat(peers.suspects().get(0).takenAt()).isNull();
		assertThat(peers.suspects().get(0).peer()).isEqualTo(shown ? "10.0.0.1:443" : null);
		assertThat(peers.sockets().remotes().get(0).peer()).isEqualTo(shown ? "10.0.0.1:443" : null);
	}

	@ParameterizedTest
	@EnumSource
	void audiencesAreThoseOfBoot(Show show) {
		assertThat(Audience.values()).extracting(Audience::name).hasSameSizeAs(Show.values()).contains(show.name());
	}

	@Test
	void reclaimedLeasesAreShownWithTheLineThatTookThemToTheAudienceOfStacksOnly() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder, KnownLease.collected("quotes", 1));
		for (Audience audience : new Audience[] { Audience.ALWAYS, Audience.NEVER }) {
			LeaksDescriptor answer = answer(leaks, audience);
			assertThat(answer.suspects()).isEmpty();
			assertThat(answer.reclaimed()).singleElement().satisfies((reclaimed) -> {
				assertThat(reclaimed.pool()).isEqualTo("quotes");
				assertThat(reclaimed.operation()).isEqualTo("GET /quotes/{id}");
				assertThat(reclaimed.route()).isEqualTo("/orders/{id}");
				assertThat(reclaimed.tier()).isEqualTo("certain");
				assertThat(reclaimed.site() != null).isEqualTo(audience == Audience.ALWAYS);
				assertThat(reclaimed.ageMs()).isEqualTo(120_000);
			});
			assertThat(answer.totals().reclaimed()).hasToString("{abandoned=0, certain=1}");
		}
	}

	@Test
	void totalsCountAllAndTheListHasTheOldestHundred() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder);
		for (int i = 0; i < 150; i++) {
			leaks.leases().add(KnownLease.abandoned("quotes", i));
		}
		leaks.leases().add(KnownLease.waiting("slow", 151));
		leaks.detector().look();
		LeaksDescriptor answer = answer(leaks, Audience.ALWAYS);
		assertThat(answer.suspects()).hasSize(100);
		assertThat(answer.totals()).isEqualTo(new LeaksDescriptor.Totals(151,
				Map.of("abandoned", 150L, "waiting-for-peer", 1L), Map.of("abandoned", 0L, "certain", 0L), 0));

		leaks.leases().clear();
		leaks.detector().look();
		assertThat(answer(leaks, Audience.ALWAYS).totals().late()).isEqualTo(151);
		assertThat(answer(leaks, Audience.ALWAYS).totals().leases()).isZero();
	}

	@Test
	void socketsAreCountedByStateAndAttributedToPools() {
		KnownSockets sockets = KnownSockets.in(this.folder, 4, SocketState.CLOSE_WAIT);
		sockets.counters(11, 3);
		KnownLeaks leaks = new KnownLeaks(sockets.reader(new ManualTicker())).connected(open("quotes", 0))
			.connected(open("quotes", 1))
			.connected(open("stock", 2))
			.connected(open("stock", 9));
		LeaksDescriptor answer = answer(leaks, Audience.ALWAYS);
		LeaksDescriptor.SocketsDescriptor found = answer.sockets();
		assertThat(found.available()).isTrue();
		assertThat(found.reason()).isNull();
		assertThat(found.states()).containsEntry("close-wait", 4);
		assertThat(found.retransmits()).isEqualTo(11);
		assertThat(found.listenOverflows()).isEqualTo(3);
		assertThat(found.closeWait()).containsExactly(new Resources.HalfClosed("quotes", "http://quotes:80", 2),
				new Resources.HalfClosed("stock", "http://stock:80", 1));
		assertThat(found.remotes()).singleElement().satisfies((remote) -> {
			assertThat(remote.pools()).containsExactly("quotes", "stock");
			assertThat(remote.states()).hasToString("{close-wait=4}");
		});
		assertThat(answer.ports()).isEqualTo(new LeaksDescriptor.PortsDescriptor(4, 0, 20, 0.2));
		assertThat(answer.pools()).containsExactly(new LeaksDescriptor.PoolDescriptor("http", "quotes", 0, 1, 2, 9));
	}

	@Test
	void whereSocketsAreNotKnownItSaysSoAndNothingFails() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder, KnownLease.abandoned("quotes", 1))
			.connected(open("quotes", 1));
		LeaksDescriptor answer = answer(leaks, Audience.ALWAYS);
		assertThat(answer.sockets().available()).isFalse();
		assertThat(answer.sockets().reason()).contains("Linux only");
		assertThat(answer.sockets().states()).isEmpty();
		assertThat(answer.sockets().closeWait()).isEmpty();
		assertThat(answer.ports()).isNull();
		assertThat(answer.suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.socket()).isNull();
			assertThat(suspect.localPort()).isEqualTo(40_001);
		});
		assertThat(answer.findings())
			.extracting(LeaksDescriptor.FindingDescriptor::id, LeaksDescriptor.FindingDescriptor::severity)
			.containsExactly(tuple("leak-abandoned", "warning"));
	}

	@Test
	void aPeerThatOnlyTheProxyKnowsIsShownByItsName() throws UnknownHostException {
		InetAddress six = InetAddress.getByAddress(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 });
		InetSocketAddress peer = InetSocketAddress.createUnresolved("quotes.example.com", 443);
		assertThat(SocketView.text(peer)).isEqualTo("quotes.example.com:443");
		assertThat(SocketView.text(new InetSocketAddress(six, 80))).isEqualTo("[0:0:0:0:0:0:0:1]:80");
		KnownSockets sockets = KnownSockets.in(this.folder, 1, SocketState.CLOSE_WAIT);
		KnownLeaks leaks = new KnownLeaks(sockets.reader(new ManualTicker())).connected(
				new PoolSource.OpenConnection("quotes", "http://quotes:80", new Ends(KnownSockets.local(0), peer)));
		assertThat(answer(leaks, Audience.ALWAYS).sockets().closeWait()).isEmpty();
	}

	private static PoolSource.OpenConnection open(String pool, int number) {
		return new PoolSource.OpenConnection(pool, "http://" + pool + ":80",
				new Ends(KnownSockets.local(number), KnownSockets.peer()));
	}

	private static LeaksDescriptor answer(KnownLeaks leaks, Audience audience) {
		return leaks.endpoint(audience, audience).leaks(SecurityContext.NONE);
	}

	private static SecurityContext user(boolean authenticated, boolean inRole) {
		return new SecurityContext() {

			@Override
			public @Nullable Principal getPrincipal() {
				return authenticated ? () -> "user" : null;
			}

			@Override
			public boolean isUserInRole(String role) {
				return inRole;
			}

		};
	}

}

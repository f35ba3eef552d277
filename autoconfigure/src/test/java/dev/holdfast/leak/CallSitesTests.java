/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Objects;
import java.util.stream.IntStream;

import dev.holdfast.leak.CallSites.Site;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For which leases it is recorded where they are taken.
 */
@Tag("A1")
class CallSitesTests {

	private static final Site SITE = new Site("quotes", "http://quotes.test:80", "GET /quotes/{id}");

	@Test
	void nothingIsRecordedBeforeTheFirstSuspicion() {
		CallSites sites = new CallSites(Stacks.ADAPTIVE);
		assertThat(sites.isArmed()).isFalse();
		assertThat(taken(sites, SITE, 1000)).isZero();
	}

	@Test
	void theNextHundredOfASuspectedSiteAreRecorded() {
		CallSites sites = new CallSites(Stacks.ADAPTIVE);
		sites.suspected(SITE);
		assertThat(sites.isArmed()).isTrue();
		assertThat(taken(sites, new Site("stock", SITE.target(), SITE.operation()), 10)).isZero();
		assertThat(taken(sites, new Site(SITE.pool(), "http://other.test:80", SITE.operation()), 10)).isZero();
		assertThat(taken(sites, new Site(SITE.pool(), SITE.target(), "GET /other"), 10)).isZero();
		assertThat(taken(sites, SITE, 1000)).isEqualTo(CallSites.RECORDED);
	}

	@Test
	void anotherSuspicionRecordsAsManyAgain() {
		CallSites sites = new CallSites(Stacks.ADAPTIVE);
		sites.suspected(SITE);
		assertThat(taken(sites, SITE, 40)).isEqualTo(40);
		sites.suspected(SITE);
		assertThat(taken(sites, SITE, 1000)).isEqualTo(CallSites.RECORDED);
		sites.suspected(SITE);
		assertThat(taken(sites, SITE, 1000)).isEqualTo(CallSites.RECORDED);
	}

	@Test
	void theStackIsThatOfTheCaller() {
		CallSites sites = new CallSites(Stacks.ALWAYS);
		Throwable here = Objects.requireNonNull(sites.take(SITE.pool(), SITE.target(), SITE.operation()));
		assertThat(here.getStackTrace())
			.anySatisfy((frame) -> assertThat(frame.getMethodName()).isEqualTo("theStackIsThatOfTheCaller"));
	}

	@Test
	void switchedOffRecordsNothing() {
		CallSites sites = new CallSites(Stacks.OFF);
		sites.suspected(SITE);
		assertThat(sites.isArmed()).isFalse();
		assertThat(taken(sites, SITE, 1000)).isZero();
	}

	@Test
	void alwaysIsEveryLease() {
		CallSites sites = new CallSites(Stacks.ALWAYS);
		assertThat(sites.isArmed()).isTrue();
		assertThat(taken(sites, SITE, 300)).isEqualTo(300);
	}

	@Test
	void sampledIsOneOf128() {
		CallSites sites = new CallSites(Stacks.SAMPLED);
		assertThat(sites.isArmed()).isTrue();
		// 1000 are expected, with a standard deviation of 32
		assertThat(taken(sites, SITE, 128_000)).isBetween(700, 1300);
	}

	@Test
	void thereIsABoundToTheSitesThatAreKnown() {
		CallSites sites = new CallSites(Stacks.ADAPTIVE);
		for (int i = 0; i < 1001; i++) {
			sites.suspected(numbered(i));
		}
		assertThat(taken(sites, numbered(999), 1)).isOne();
		assertThat(taken(sites, numbered(1000), 1)).isZero();
		// those that are known still count
		assertThat(taken(sites, numbered(0), 1000)).isEqualTo(CallSites.RECORDED);
		sites.suspected(numbered(0));
		assertThat(taken(sites, numbered(0), 1)).isOne();
	}

	private static Site numbered(int number) {
		return new Site("quotes", SITE.target(), "GET /" + number);
	}

	private static int taken(CallSites sites, Site site, int leases) {
		return (int) IntStream.range(0, leases)
			.filter((unused) -> sites.take(site.pool(), site.target(), site.operation()) != null)
			.count();
	}

}

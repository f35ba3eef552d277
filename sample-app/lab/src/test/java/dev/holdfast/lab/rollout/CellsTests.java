/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.rollout.Cell.Balancer;
import dev.holdfast.lab.rollout.Cell.Container;
import dev.holdfast.lab.rollout.Cell.Protocol;
import dev.holdfast.lab.rollout.Cell.Threads;
import dev.holdfast.lab.rollout.Cell.Traffic;
import dev.holdfast.lab.rollout.Cell.Variant;
import dev.holdfast.lab.tool.Tool;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CellsTests {

	@Test
	void theEightHaveEveryPairThatThereIs() {
		assertThat(Cells.pairwise()).hasSize(8).doesNotHaveDuplicates().allMatch(Cell::isPossible);
		assertThat(pairs(Cells.pairwise())).isEqualTo(pairs(Cells.product()));
	}

	@Test
	void theProductLacksOnlyHttp2BehindNginx() {
		assertThat(Cells.product()).hasSize(4 * 2 * 2 * 2 * 2 - 2 * 2 * 2).doesNotHaveDuplicates();
		assertThat(Cells.product()).filteredOn((cell) -> cell.balancer() == Balancer.NGINX)
			.hasSize(8)
			.allMatch((cell) -> cell.fleet().protocol() == Protocol.HTTP1);
	}

	@Test
	void theShortFormHasEveryBalancerAndContainerOnTheOldestJdk() {
		assertThat(Cells.brief()).allMatch(Cell::isPossible)
			.allMatch((cell) -> cell.fleet().threads() == Threads.PLATFORM);
		assertThat(Cells.brief()).extracting(Cell::balancer).containsExactlyInAnyOrder(Balancer.values());
		assertThat(Cells.brief()).extracting((cell) -> cell.fleet().container()).contains(Container.values());
		assertThat(Cells.brief()).extracting((cell) -> cell.fleet().protocol()).contains(Protocol.values());
	}

	@Test
	void clientsOfOthersGoThroughHaproxy() {
		assertThat(Cells.closedLoop()).allMatch(Cell::isPossible);
		Cell wrk = Cell.of(Balancer.NGINX, Traffic.WRK, Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1);
		assertThat(wrk.isPossible()).isFalse();
		assertThat(wrk.tools()).containsExactly(Tool.NGINX, Tool.WRK);
	}

	@Test
	void anInstanceIsStartedAsItsFleetSays() {
		Cell cell = Cell.of(Balancer.DIRECT, Traffic.HEAVY, Container.JETTY, Threads.VIRTUAL, Protocol.H2C);
		AppOptions options = cell.fleet().options(Variant.HOLDFAST, List.of("--first=1"));
		assertThat(options.profile()).isEqualTo(AppOptions.Profile.DEFAULTS);
		assertThat(options.virtualThreads()).isTrue();
		assertThat(options.arguments()).containsExactly("--first=1", "--spring.profiles.include=jetty",
				"--server.http2.enabled=true");
		assertThat(cell.id()).isEqualTo("direct/heavy/jetty/virtual/h2c");
	}

	private static Set<String> pairs(List<Cell> cells) {
		return cells.stream().flatMap((cell) -> pairs(cell).stream()).collect(Collectors.toSet());
	}

	private static List<String> pairs(Cell cell) {
		List<Enum<?>> values = List.of(cell.balancer(), cell.traffic(), cell.fleet().container(),
				cell.fleet().threads(), cell.fleet().protocol());
		List<String> pairs = new ArrayList<>();
		for (int i = 0; i < values.size(); i++) {
			for (int j = 0; j < i; j++) {
				pairs.add(values.get(j) + " " + values.get(i));
			}
		}
		return pairs;
	}

}

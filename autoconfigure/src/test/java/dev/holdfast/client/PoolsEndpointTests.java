/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.json.BasicJsonTester;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("B3")
class PoolsEndpointTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(EndpointAutoConfiguration.class, HttpClientAutoConfiguration.class, ClientAutoConfiguration.class));

	@Test
	void itIsThereWhereItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=pools")
			.run((context) -> assertThat(context).hasSingleBean(PoolsEndpoint.class));
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(PoolsEndpoint.class));
	}

	@Test
	void theAnswerHasTheShapeOfTheContract() {
		Pools pools = new Pools();
		ClientStats stats = new ClientStats("stock");
		pools.add(new KnownPool(stats));
		TargetStats target = stats.target("http://stock:80");
		target.opened();
		target.opened();
		target.closed(CloseReason.ABORTED);
		target.leases().record(1_000_000);
		stats.retried(RetryOutcome.BUDGET);
		stats.blocked();
		String json = JsonMapper.builder().build().writeValueAsString(new PoolsEndpoint(pools).pools());
		assertThat(new BasicJsonTester(getClass()).from(json)).isEqualToJson("""
				{"clients":{"stock":{"mode":"enforce","max":10,"maxPerTarget":5,"createdInRequest":false,"blocked":1,
				"retries":{"retried":0,"unsafe":0,"budget":1,"too-late":0,"exhausted":0},
				"targets":{"http://stock:80":{"leased":1,"idle":0,"pending":0,"draining":0,"max":5,"opened":2,
				"closed":{"failed":0,"aborted":1,"not-reusable":0,"max-requests":0,"undrained":0,"expired":0},
				"reuseRatio":0.0,"tlsResumed":0,"tlsFull":0,
				"holders":["GET /level for 0.1 s in phase body by main"]}}}}}""");
		assertThat(new BasicJsonTester(getClass()).from(json))
			.extractingJsonPathNumberValue("$.clients.stock.targets['http://stock:80'].leaseWaitMs.p99")
			.satisfies((millis) -> assertThat(millis.doubleValue()).isBetween(1.0, 1.125));
	}

}

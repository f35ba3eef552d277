/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Profile;
import dev.holdfast.server.EndedStatus;
import dev.holdfast.server.RoutesProperties;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration of the deadline of requests.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ DeadlineProperties.class, RoutesProperties.class })
public final class DeadlineAutoConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(DeadlineAutoConfiguration.class);

	@Bean
	ModeInForce holdfastDeadlineMode(DeadlineProperties properties, Environment environment) {
		Profile profile = Binder.get(environment)
			.bind("holdfast.profile", Profile.class)
			.orElseGet(() -> Profile.COMPATIBLE);
		ModeInForce mode = ModeInForce.of(properties.mode(), profile, AttachedDebugger::isPossible);
		if (mode.mode() == Mode.OFF && properties.mode() != Mode.OFF) {
			LOGGER.info("No deadline for requests: {}", mode.source());
		}
		return mode;
	}

	@Bean
	EndedStatus holdfastDeadlineStatus(DeadlineProperties properties) {
		return DeadlineValidation.status(properties);
	}

	@Bean
	Budgets holdfastDeadlineBudgets(DeadlineProperties properties) {
		return new Budgets(DeadlineValidation.trusted(properties), properties.budgetHeaders(),
				DeadlineValidation.minBudget(properties));
	}

	@Bean
	DeadlineCounts holdfastDeadlineCounts() {
		return new DeadlineCounts();
	}

	@Bean
	DeadlineLog holdfastDeadlineLog() {
		return new DeadlineLog(Ticker.system());
	}

	@Bean
	@ConditionalOnProperty("holdfast.deadline.close-after")
	IgnoredEnds holdfastIgnoredEnds(DeadlineProperties properties, DeadlineCounts counts, DeadlineLog log) {
		return new IgnoredEnds(Objects.requireNonNull(DeadlineValidation.closeAfter(properties)), counts, log);
	}

	@Bean
	Deadlines holdfastDeadlines(DeadlineProperties properties, RoutesProperties routes, ModeInForce mode,
			Budgets budgets, DeadlineCounts counts, DeadlineLog log, ObjectProvider<StreamingHandlers> handlers) {
		Duration limit = DeadlineValidation.request(properties);
		Predicate<HttpServletRequest> known = handlers.getIfAvailable();
		Expiry expiry = new Expiry(mode.mode() == Mode.ENFORCE, properties.cancel(), properties.interrupt(),
				(known != null) ? known : (request) -> true, counts, log, Ticker.system());
		Map<String, DeadlineRule> rules = new HashMap<>();
		Set<String> streaming = new HashSet<>();
		routes.routes().forEach((name, route) -> {
			if (route.streaming()) {
				streaming.add(name);
			}
			if (route.deadline() != null) {
				rules.put(name, new DeadlineRule(route.deadline(), true, expiry));
			}
		});
		DeadlineRule common = new DeadlineRule(limit, false, expiry);
		return new Deadlines((mode.mode() != Mode.OFF) ? common : null, rules, streaming, budgets);
	}

	@Bean
	DeadlineReport holdfastDeadlineReport(DeadlineProperties properties, ModeInForce mode) {
		return new DeadlineReport(properties, mode);
	}

	/**
	 * What needs Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	static final class MvcConfiguration {

		@Bean
		StreamingHandlers holdfastStreamingHandlers() {
			return new StreamingHandlers();
		}

	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		DeadlineMetrics holdfastDeadlineMetrics(DeadlineCounts counts, Budgets budgets) {
			return new DeadlineMetrics(counts, budgets);
		}

	}

}

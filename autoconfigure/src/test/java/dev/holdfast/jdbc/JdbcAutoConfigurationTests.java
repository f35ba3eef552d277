/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;

import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.jdbc.metadata.HikariDataSourcePoolMetadata;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the data sources of an application.
 */
class JdbcAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + StubDriver.URL,
				"spring.datasource.driver-class-name=" + StubDriver.class.getName(),
				"spring.datasource.hikari.pool-name=main", "spring.datasource.hikari.maximum-pool-size=2");

	@Test
	void dataSourceIsStillAHikariPool() {
		this.runner.run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(pool).isSameAs(context.getBean(DataSource.class));
			assertThat(pool.unwrap(HikariDataSource.class)).isSameAs(pool);
			assertThat(pool.isWrapperFor(HikariDataSource.class)).isTrue();
			assertThat(DataSourceUnwrapper.unwrap(pool, HikariDataSource.class)).isSameAs(pool);
			assertThat(DataSourceUnwrapper.unwrapRoot(pool)).isSameAs(pool);
			assertThat(pool.getMaximumPoolSize()).isEqualTo(2);
			assertThat(pool.isRunning()).isFalse();
			try (Connection connection = pool.getConnection()) {
				assertThat(connection.unwrap(Connection.class)).hasToString("stub");
				assertThat(pool.isRunning()).isTrue();
				assertThat(context.getBean(HikariPools.class).leases()).hasSize(1);
				assertThat(context.getBean(HikariPools.class).pools()).singleElement().satisfies((use) -> {
					assertThat(use.kind()).isEqualTo("jdbc");
					assertThat(use.name()).isEqualTo("main");
					assertThat(use.active()).isOne();
					assertThat(use.pending()).isZero();
					assertThat(use.max()).isEqualTo(2);
				});
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void metersOfThePoolCountItsConnections(boolean tracked) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class, DataSourceAutoConfiguration.class,
					MetricsAutoConfiguration.class, DataSourcePoolMetricsAutoConfiguration.class))
			.withPropertyValues("holdfast.jdbc.track-leases=" + tracked)
			.withBean(SimpleMeterRegistry.class)
			.withBean("own", HikariDataSource.class, () -> CountedPool.of(2))
			.run((context) -> {
				try (Connection connection = context.getBean(DataSource.class).getConnection()) {
					MeterRegistry registry = context.getBean(MeterRegistry.class);
					assertThat(registry.get("jdbc.connections.active").gauge().value()).isOne();
					assertThat(registry.get("hikaricp.connections.active").gauge().value()).isOne();
					assertThat(connection.isClosed()).isFalse();
				}
			});
	}

	@Test
	void metadataOfAPoolThatStartsLaterIsRead() {
		this.runner.run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			HikariDataSourcePoolMetadata metadata = new HikariDataSourcePoolMetadata(pool);
			assertThat(metadata.getActive()).isNull();
			try (Connection connection = pool.getConnection()) {
				assertThat(metadata.getActive()).isOne();
				assertThat(connection.isClosed()).isFalse();
			}
		});
	}

	@Test
	void poolIsSeenInJmx() throws MalformedObjectNameException {
		ObjectName name = new ObjectName("com.zaxxer.hikari:type=Pool (main)");
		this.runner.withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class))
			.withPropertyValues("spring.jmx.enabled=true", "spring.datasource.hikari.register-mbeans=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(DataSource.class).getConnection().close();
				assertThat(context.getBean(MBeanServer.class).isRegistered(name)).isTrue();
			});
	}

	@Test
	void poolOfTheApplicationIsClosedOnce() {
		CountedPool pool = CountedPool.of(2);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
			.withBean("own", HikariDataSource.class, () -> pool)
			.run((context) -> {
				assertThat(context.getBean(HikariDataSource.class)).isNotSameAs(pool).isInstanceOf(CountedPool.class);
				context.getBean(HikariDataSource.class).getConnection().close();
			});
		assertThat(pool.closes()).hasValue(1);
		assertThat(pool.isClosed()).isTrue();
	}

	@Test
	void poolThatIsHandedOnIsTrackedOnce() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
			.withBean("own", HikariDataSource.class, () -> CountedPool.of(2))
			.withUserConfiguration(HandedOn.class)
			.run((context) -> {
				try (Connection connection = context.getBean("second", DataSource.class).getConnection()) {
					assertThat(context.getBean(HikariPools.class).leases()).hasSize(1);
					assertThat(context.getBean(HikariPools.class).pools()).hasSize(1);
					assertThat(connection.isClosed()).isFalse();
				}
			});
	}

	@Test
	void poolBehindAnotherDataSourceGivesItsFigures() {
		try (CountedPool hidden = CountedPool.of(3)) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
				.withBean("lazy", DataSource.class, () -> new LazyConnectionDataSourceProxy(hidden))
				.run((context) -> {
					try (Connection connection = hidden.getConnection()) {
						assertThat(context.getBean(HikariPools.class).pools()).singleElement()
							.satisfies((use) -> assertThat(use.active()).isOne());
						assertThat(context.getBean(HikariPools.class).leases()).isEmpty();
						assertThat(connection.isClosed()).isFalse();
					}
				});
		}
	}

	@Test
	void withoutTrackingAndCancellingThePoolIsLeftAlone() {
		CountedPool pool = CountedPool.of(2);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
			.withPropertyValues("holdfast.jdbc.track-leases=false", "holdfast.jdbc.mode=off")
			.withBean("own", HikariDataSource.class, () -> pool)
			.run((context) -> {
				assertThat(context.getBean(HikariDataSource.class)).isSameAs(pool);
				try (Connection connection = pool.getConnection()) {
					assertThat(context.getBean(HikariPools.class).leases()).isEmpty();
					assertThat(context.getBean(HikariPools.class).pools()).hasSize(1);
					assertThat(connection.isClosed()).isFalse();
				}
			});
	}

	@Test
	void statementsEndWithTheirRequestsWithoutTracking() {
		this.runner.withPropertyValues("holdfast.jdbc.track-leases=false").run((context) -> {
			Connection connection = RequestPool.within(RequestPool.lifetime(),
					context.getBean(DataSource.class)::getConnection);
			assertThat(Proxy.isProxyClass(connection.getClass())).isTrue();
			assertThat(context.getBean(HikariPools.class).leases()).isEmpty();
			connection.close();
			assertThat(context.getBean(HikariPools.class).pools()).singleElement()
				.satisfies((use) -> assertThat(use.active()).isZero());
		});
	}

	@Test
	void withoutCancellingConnectionsAreHikarisOwn() {
		this.runner.withPropertyValues("holdfast.jdbc.mode=off").run((context) -> {
			try (Connection connection = RequestPool.within(RequestPool.lifetime(),
					context.getBean(DataSource.class)::getConnection)) {
				assertThat(connection.getClass().getName()).startsWith("com.zaxxer.hikari.pool.");
				assertThat(context.getBean(HikariPools.class).leases()).hasSize(1);
			}
		});
	}

	@Test
	void whatIsCancelledIsCountedFromTheStart() {
		this.runner.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.find(JdbcMeter.CANCELLED.meterName()).functionCounters())
					.extracting((counter) -> counter.getId().getTag("kind"))
					.containsExactlyInAnyOrder("statement", "cursor", "refused", "lease");
			});
	}

	@Test
	void protectionTellsItsSettings() {
		this.runner.withPropertyValues("holdfast.jdbc.mode=observe").run((context) -> {
			Protection protection = context.getBean(JdbcReport.class);
			assertThat(protection.name()).isEqualTo("jdbc");
			assertThat(protection.mode()).isEqualTo(Mode.OBSERVE);
			assertThat(protection.settings()).containsExactly(
					new Setting("holdfast.jdbc.mode", "observe", "properties"),
					new Setting("holdfast.jdbc.track-leases", "true", "default"));
			assertThat(context.getBean(DataSource.class)).isNotNull();
			assertThat(protection.findings()).isEmpty();
		});
	}

	@Test
	void poolThatIsNoBeanIsReported() {
		try (CountedPool hidden = CountedPool.of(3)) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
				.withBean("lazy", DataSource.class, () -> new LazyConnectionDataSourceProxy(hidden))
				.run((context) -> assertThat(context.getBean(JdbcReport.class).findings()).singleElement()
					.satisfies((finding) -> assertThat(finding.message()).contains("lazy")));
		}
	}

	@Test
	void startsWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(JdbcReport.class)
				.doesNotHaveBean(JdbcMetrics.class));
	}

	@Test
	void switchedOffLeavesNothingBehind() {
		this.runner.withPropertyValues("holdfast.enabled=false").run((context) -> {
			assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("holdfast"));
			assertThat(context.getBean(DataSource.class).getClass()).isSameAs(HikariDataSource.class);
		});
	}

	@Test
	void startsWithoutHikari() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("com.zaxxer.hikari"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JdbcAutoConfiguration.class));
	}

	@Test
	void startsWithoutSpringJdbc() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JdbcAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.boot.jdbc"))
			.withBean("own", HikariDataSource.class, () -> CountedPool.of(2))
			.run((context) -> {
				try (Connection connection = context.getBean(HikariDataSource.class).getConnection()) {
					assertThat(context.getBean(HikariPools.class).leases()).hasSize(1);
					assertThat(connection.isClosed()).isFalse();
				}
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class HandedOn {

		@Bean
		DataSource second(HikariDataSource own) {
			return own;
		}

	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process whose class path really is without a library starts, is protected, and
 * answers.
 */
class AbsentJarTests {

	static Stream<Arguments> absent() {
		return Stream.of(
				Arguments.of("io.micrometer.core.instrument.MeterRegistry",
						List.of("micrometer-core", "micrometer-jakarta9", "micrometer-registry",
								"spring-boot-micrometer-metrics", "spring-boot-starter-micrometer-metrics")),
				Arguments.of("org.springframework.boot.actuate.endpoint.annotation.Endpoint",
						List.of("spring-boot-actuator", "spring-boot-starter-actuator")),
				Arguments.of("org.apache.hc.client5.http.classic.HttpClient", List.of("httpclient5", "httpcore5")),
				Arguments.of("org.springframework.jdbc.core.JdbcTemplate",
						List.of("spring-jdbc", "spring-boot-jdbc", "spring-boot-starter-jdbc", "HikariCP",
								"spring-boot-sql", "spring-tx", "spring-boot-transaction", "spring-boot-persistence")),
				Arguments.of("org.springframework.web.socket.WebSocketHandler",
						List.of("spring-websocket", "spring-boot-websocket", "spring-boot-starter-websocket",
								"tomcat-embed-websocket")),
				Arguments.of("org.eclipse.jetty.server.Server",
						List.of("jetty", "spring-boot-jetty", "spring-boot-starter-jetty")),
				Arguments.of("org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration", List
					.of("spring-boot-restclient", "spring-boot-starter-restclient", "spring-boot-http-client")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("absent")
	void applicationWithoutALibraryStartsAndIsProtected(String type, List<String> jars) throws Exception {
		Process process = start(type, jars);
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(output).contains("present: false", "answer: hello").containsPattern("limit: [1-9]");
			assertThat(process.waitFor()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process start(String type, List<String> jars) throws IOException {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String rest = Stream.of(path.split(File.pathSeparator, -1))
			.filter((entry) -> jars.stream().noneMatch((jar) -> isOf(jar, Path.of(entry).getFileName().toString())))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", rest, Main.class.getName(), type, "--server.port=0", "--spring.main.banner-mode=off",
						"--spring.autoconfigure.exclude=" + String.join(",", ServerKind.TOMCAT.exclusions(false))));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static boolean isOf(String jar, String file) {
		return file.startsWith(jar + "-");
	}

	/**
	 * The application.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	public static class Main {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		public static void main(String[] arguments) throws IOException {
			System.out.println("present: " + ClassUtils.isPresent(arguments[0], null));
			ConfigurableApplicationContext context = SpringApplication.run(Main.class, arguments);
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			try (InputStream in = URI.create("http://127.0.0.1:" + port + "/hello").toURL().openStream()) {
				System.out.println("answer: " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
			}
			System.out.println("limit: " + context.getBean(ServerLimiters.class).server().state().settings().limit());
			System.exit(SpringApplication.exit(context));
		}

	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.server.ServerKind;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application in a process of its own, that real signals can be sent to.
 */
public final class EndingProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private EndingProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	static EndingProcess start(String... arguments) throws IOException {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", path, EndingProcess.class.getName(), "--server.port=0", "--logging.level.root=WARN",
						"--spring.main.banner-mode=off",
						"--spring.autoconfigure.exclude=" + String.join(",", ServerKind.TOMCAT.exclusions(false))));
		command.addAll(List.of(arguments));
		return new EndingProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	/**
	 * Reads what it prints up to a line.
	 * @param word how the line begins
	 * @return the rest of the line
	 */
	String awaitLine(String word) {
		StringBuilder all = new StringBuilder();
		try {
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.startsWith(word)) {
					return line.substring(word.length()).strip();
				}
				all.append(line).append('\n');
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("The process ended without saying '" + word + "':\n" + all);
	}

	/** Sends SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	int exitCode(Duration patience) throws InterruptedException {
		if (!this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("The process has not ended within " + patience);
		}
		return this.process.exitValue();
	}

	static int status(int port) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/hello")
			.toURL()
			.openConnection();
		return connection.getResponseCode();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	public static void main(String[] arguments) {
		ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments);
		if (context.getEnvironment().getProperty("test.job") != null) {
			System.exit(SpringApplication.exit(context));
		}
		var server = ((WebServerApplicationContext) context).getWebServer();
		System.out.println("ready " + ((server != null) ? server.getPort() : -1));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Application {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@Bean
		ApplicationRunner slowStart(Environment environment) {
			return (arguments) -> {
				if (environment.getProperty("test.slow-start") != null) {
					System.out.println("starting");
					new CountDownLatch(1).await(1, TimeUnit.MINUTES);
				}
			};
		}

	}

}

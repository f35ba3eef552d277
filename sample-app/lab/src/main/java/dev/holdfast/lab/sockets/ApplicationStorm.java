/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.socket.EphemeralPorts;
import dev.holdfast.socket.Sockets;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * An application whose client keeps no connection alive, until a call fails: whether its
 * log has told before. A JVM of its own, in a network namespace of its own; it ends by
 * itself.
 */
public final class ApplicationStorm {

	/** Outside of the range that runs out. */
	private static final int SERVICE_PORT = 8080;

	private final ConfigurableApplicationContext context;

	private final RestClient client;

	private final String url;

	private final AtomicInteger made = new AtomicInteger();

	private ApplicationStorm(ConfigurableApplicationContext context, String url) {
		this.context = context;
		this.client = context.getBean(RestClient.Builder.class).build();
		this.url = url;
	}

	public static void main(String[] args) throws Exception {
		Locale.setDefault(Locale.ROOT);
		PrintStream answer = System.out;
		// where the log goes
		System.setOut(System.err);
		InetAddress here = InetAddress.getLoopbackAddress();
		HttpServer server = HttpServer.create(new InetSocketAddress(here, SERVICE_PORT), 1000);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		server.start();
		try (ConfigurableApplicationContext context = application()) {
			answer.println(new ApplicationStorm(context, "http://" + here.getHostAddress() + ":" + SERVICE_PORT + "/")
				.run(Integer.parseInt(args[0]), Integer.parseInt(args[1]))
				.line());
		}
		finally {
			server.stop(0);
		}
	}

	// without a second attempt, which would hide the first that failed
	private static ConfigurableApplicationContext application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--spring.http.clients.imperative.factory=http-components",
					"--holdfast.client.max-requests-per-connection=1", "--holdfast.client.retry.max-attempts=1",
					// the lab's own log has errors only
					"--logging.level.dev.holdfast.client.leak=warn");
	}

	private StormResult run(int perSecond, int limit) {
		PortWarning warning = PortWarning.listen(this.made::get);
		String error = "";
		long begin = System.nanoTime();
		while (error.isEmpty() && this.made.get() < limit) {
			Pace.until(begin + this.made.get() * TimeUnit.SECONDS.toNanos(1) / perSecond);
			error = call();
		}
		long end = System.nanoTime();
		EphemeralPorts ports = this.context.getBean(Sockets.class).ephemeralPorts();
		int failed = error.isEmpty() ? -1 : this.made.get();
		PortWarning.Told told = warning.first();
		return new StormResult(this.made.get(), told.atCalls(), failed,
				(failed >= 0 && told.isTold()) ? TimeUnit.NANOSECONDS.toMillis(end - told.atNanos()) : 0,
				(ports != null) ? ports.ratio() : 0, error);
	}

	private String call() {
		try {
			this.client.get().uri(this.url).retrieve().toBodilessEntity();
			this.made.incrementAndGet();
			return "";
		}
		catch (RuntimeException ex) {
			Throwable root = ex;
			while (root.getCause() != null) {
				root = root.getCause();
			}
			return root.toString();
		}
	}

	/**
	 * What an application has that calls others.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

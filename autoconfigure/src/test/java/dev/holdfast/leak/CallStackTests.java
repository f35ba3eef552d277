/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which lines of a stack are the application's.
 */
@Tag("A1")
class CallStackTests {

	@Test
	void theApplicationsFramesAreLeftInnermostFirst() {
		Throwable taken = stack("dev.holdfast.leak.CallSites", "dev.holdfast.client.apache.BoundedPool",
				"org.apache.hc.client5.http.impl.classic.InternalHttpClient",
				"org.springframework.web.client.DefaultRestClient", "com.example.shop.Quotes",
				"jdk.internal.reflect.DirectMethodHandleAccessor",
				"org.springframework.aop.framework.JdkDynamicAopProxy", "com.example.shop.QuoteController",
				"org.springframework.web.servlet.DispatcherServlet", "org.apache.catalina.core.ApplicationFilterChain",
				"dev.holdfast.server.tomcat.TomcatAdmissionValve", "java.lang.Thread");
		assertThat(CallStack.application(taken)).containsExactly("com.example.shop.Quotes.call(Quotes.java:7)",
				"com.example.shop.QuoteController.call(QuoteController.java:7)");
		assertThat(CallStack.site(taken)).isEqualTo("com.example.shop.Quotes.call(Quotes.java:7)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.samples.petclinic.owner.OwnerController",
			"org.apache.fineract.portfolio.Loans", "org.apache.hcatalog.Tables", "io.example.javax.Quotes",
			"dev.holdfast.sample.LeakyClient", "kotlinapp.Main", "Main" })
	void anApplicationMayLiveInThePackageOfAFramework(String type) {
		assertThat(CallStack.site(stack("org.springframework.web.client.DefaultRestClient", type)))
			.startsWith(type + ".call(");
	}

	@Test
	void withoutAStackThereIsNoSite() {
		assertThat(CallStack.application(null)).isEmpty();
		assertThat(CallStack.site(null)).isEmpty();
		assertThat(CallStack.site(stack("java.lang.Thread"))).isEmpty();
	}

	@Test
	void aDeepStackIsCut() {
		Throwable deep = stack(IntStream.range(0, 100).mapToObj((i) -> "com.example.Deep" + i).toArray(String[]::new));
		assertThat(CallStack.application(deep)).hasSize(30).first().asString().startsWith("com.example.Deep0.");
	}

	@Test
	void theStackOfAThreadIsWhole() {
		assertThat(CallStack.of(Thread.currentThread()))
			.anySatisfy((line) -> assertThat(line).contains("theStackOfAThreadIsWhole"))
			.anySatisfy((line) -> assertThat(line).contains("java.lang.Thread.getStackTrace"));
	}

	private static Throwable stack(String... types) {
		Throwable stack = new Throwable();
		stack.setStackTrace(Stream.of(types)
			.map((type) -> new StackTraceElement(type, "call", type.substring(type.lastIndexOf('.') + 1) + ".java", 7))
			.toArray(StackTraceElement[]::new));
		return stack;
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@Tag("B1")
class BypassFindingsTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final BypassFindings bypass = new BypassFindings(this.beanFactory);

	@Test
	void nothingIsFoundWhereThereIsNoClient() {
		this.beanFactory.registerSingleton("text", "text");
		assertThat(this.bypass.findings()).isEmpty();
	}

	@Test
	void aTemplateMadeByHandIsFound() {
		this.beanFactory.registerSingleton("prices", new RestTemplate());
		assertThat(this.bypass.findings()).containsExactly(new Finding("client-bypass", Severity.WARNING,
				"The bean 'prices' (org.springframework.web.client.RestTemplate) is not bounded: it calls through a "
						+ "SimpleClientHttpRequestFactory, which none of the limits of holdfast.client reaches.",
				"Build it with the injected RestTemplateBuilder."));
	}

	@Test
	void aTemplateIsNamedAfterTheFactoryBelowItsWrappers() {
		RestTemplate template = new RestTemplate(
				new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory()));
		template.getInterceptors().add((request, body, execution) -> execution.execute(request, body));
		this.beanFactory.registerSingleton("prices", template);
		assertThat(messages()).singleElement().asString().contains("through a JdkClientHttpRequestFactory,");
	}

	@Test
	void aTemplateWithLimitsIsNotFound() {
		ClientHttpRequestFactory bounded = new BoundedTestFactory();
		RestTemplate intercepting = new RestTemplate(bounded);
		intercepting.getInterceptors().add((request, body, execution) -> execution.execute(request, body));
		this.beanFactory.registerSingleton("plain", new RestTemplate(bounded));
		this.beanFactory.registerSingleton("intercepting", intercepting);
		this.beanFactory.registerSingleton("wrapped", new RestTemplate(
				new InterceptingClientHttpRequestFactory(new BufferingClientHttpRequestFactory(bounded), List.of())));
		this.beanFactory.registerSingleton("built",
				new RestTemplateBuilder().requestFactory(BoundedTestFactory::new).build());
		assertThat(this.bypass.findings()).isEmpty();
	}

	@Test
	void aRestClientMadeByHandIsFound() {
		this.beanFactory.registerSingleton("prices", RestClient.create());
		assertThat(this.bypass.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.message()).contains("'prices'", "RestClient", "HttpComponentsClientHttpRequestFactory");
			assertThat(finding.remedy()).isEqualTo("Build it with the injected RestClient.Builder.");
		});
	}

	@Test
	void aRestClientWithLimitsIsNotFound() {
		RestClient client = RestClient.builder().requestFactory(new BoundedTestFactory()).build();
		this.beanFactory.registerSingleton("plain", client);
		this.beanFactory.registerSingleton("changed",
				client.mutate()
					.requestInterceptor((request, body, execution) -> execution.execute(request, body))
					.build());
		assertThat(this.bypass.findings()).isEmpty();
	}

	@Test
	void aRestClientThatCannotBeReadIsLeftAlone() {
		this.beanFactory.registerSingleton("mock", mock(RestClient.class));
		assertThat(this.bypass.findings()).isEmpty();
	}

	@Test
	void whatBootBuildsWithoutOurFactoryIsFound() {
		this.beanFactory.registerSingleton("prices",
				new RestTemplateBuilder().requestFactoryBuilder(ClientHttpRequestFactoryBuilder.jdk()).build());
		assertThat(messages()).singleElement().asString().contains("JdkClientHttpRequestFactory");
	}

	@Test
	void aClientOfTheJdkIsFound() {
		this.beanFactory.registerSingleton("prices", HttpClient.newHttpClient());
		assertThat(this.bypass.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.message()).contains("'prices'", "java.net.http.HttpClient", "a client of its own");
			assertThat(finding.remedy()).contains("RestClient.Builder", "ClientHttpRequestFactoryBuilder");
		});
	}

	@Test
	void aClientOfApacheIsFound() {
		this.beanFactory.registerSingleton("prices", HttpClients.createMinimal());
		assertThat(messages()).singleElement()
			.asString()
			.contains("'prices'", "org.apache.hc.client5.http.classic.HttpClient");
	}

	@Test
	void eachBeanIsAFindingOfItsOwn() {
		this.beanFactory.registerSingleton("jdk", HttpClient.newHttpClient());
		this.beanFactory.registerSingleton("second", new RestTemplate());
		this.beanFactory.registerSingleton("first", new RestTemplate());
		assertThat(messages()).hasSize(3)
			.satisfiesExactly((message) -> assertThat(message).contains("'second'"),
					(message) -> assertThat(message).contains("'first'"),
					(message) -> assertThat(message).contains("'jdk'"));
	}

	@Test
	void aBeanIsFoundOnceItExists() {
		register("prices", BeanDefinition.SCOPE_SINGLETON, RestTemplate::new);
		assertThat(this.bypass.findings()).isEmpty();
		assertThat(this.beanFactory.containsSingleton("prices")).isFalse();
		this.beanFactory.getBean("prices");
		assertThat(this.bypass.findings()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { BeanDefinition.SCOPE_SINGLETON, BeanDefinition.SCOPE_PROTOTYPE })
	void noBeanIsCreated(String scope) {
		register("prices", scope, () -> {
			throw new IllegalStateException("Created");
		});
		assertThat(this.bypass.findings()).isEmpty();
	}

	@Test
	void aClientThatAFactoryBeanMakesIsNotSeen() {
		AbstractBeanDefinition definition = BeanDefinitionBuilder.genericBeanDefinition(TemplateFactoryBean.class)
			.getBeanDefinition();
		this.beanFactory.registerBeanDefinition("made", definition);
		assertThat(this.beanFactory.getBean("made")).isInstanceOf(RestTemplate.class);
		assertThat(this.beanFactory.getBeansOfType(RestTemplate.class))
			.isEqualTo(Map.of("made", this.beanFactory.getBean("made")));
		assertThat(this.bypass.findings()).isEmpty();
	}

	private List<String> messages() {
		return this.bypass.findings().stream().map(Finding::message).toList();
	}

	private void register(String name, String scope, Supplier<RestTemplate> supplier) {
		AbstractBeanDefinition definition = BeanDefinitionBuilder.genericBeanDefinition(RestTemplate.class, supplier)
			.setLazyInit(true)
			.setScope(scope)
			.getBeanDefinition();
		this.beanFactory.registerBeanDefinition(name, definition);
	}

}

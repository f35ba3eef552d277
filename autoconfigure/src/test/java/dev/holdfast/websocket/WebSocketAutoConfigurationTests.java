/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.SockJsService;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketAutoConfiguration.class));

	@Test
	void everythingIsThereWithEveryLibrary() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(WebSocketDrain.class)
			.hasSingleBean(OpenSessions.class)
			.hasSingleBean(WebSocketMetrics.class));
	}

	@Test
	void startsWithoutWebSockets() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web.socket"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketAutoConfiguration.class));
	}

	@Test
	void startsWithoutMvc() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketAutoConfiguration.class));
	}

	@Test
	void startsWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WebSocketDrain.class)
				.doesNotHaveBean("holdfastWebSocketMetrics"));
		assertThat(MeterRegistry.class).isNotNull();
	}

	@Test
	void applicationWithoutAWebIsLeftAlone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WebSocketAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketDrain.class));
	}

	@Test
	void switchedOffLeavesNothingBehind() {
		this.runner.withPropertyValues("holdfast.enabled=false")
			.withUserConfiguration(Endpoints.class)
			.run((context) -> {
				assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("holdfast"));
				assertThat(trackings(handler(context, "/mapped"))).isZero();
			});
	}

	@Test
	void endpointIsTrackedOnceHoweverItIsRegistered() {
		this.runner.withUserConfiguration(Endpoints.class).run((context) -> {
			assertThat(trackings(handler(context, "/mapped"))).isEqualTo(1);
			assertThat(trackings(handler(context, "/bean"))).isEqualTo(1);
			assertThat(trackings(handler(context, "/sockjs"))).isEqualTo(1);
			assertThat(trackings(context.getBean(WebSocketHttpRequestHandler.class))).isEqualTo(1);
			assertThat(trackings(context.getBean(SockJsHttpRequestHandler.class))).isEqualTo(1);
		});
	}

	@Test
	void whatElseIsConfiguredOfAnEndpointStays() {
		this.runner.withUserConfiguration(Endpoints.class).run((context) -> {
			Endpoints endpoints = context.getBean(Endpoints.class);
			WebSocketHttpRequestHandler mapped = (WebSocketHttpRequestHandler) handler(context, "/mapped");
			assertThat(mapped.getHandshakeHandler()).isSameAs(Endpoints.HANDSHAKE);
			assertThat(mapped.getHandshakeInterceptors()).containsExactly(Endpoints.INTERCEPTOR);
			assertThat(WebSocketHandlerDecorator.unwrap(mapped.getWebSocketHandler())).isSameAs(endpoints.handler);
			assertThat(decorators(mapped.getWebSocketHandler())).as("those of Spring are there once")
				.containsExactly("TrackingHandler", "ExceptionWebSocketHandlerDecorator",
						"LoggingWebSocketHandlerDecorator");
			SockJsHttpRequestHandler sockJs = (SockJsHttpRequestHandler) handler(context, "/sockjs");
			assertThat(sockJs.getSockJsService()).isSameAs(Endpoints.SOCK_JS);
		});
	}

	@Test
	void handlerOfTheApplicationsOwnClassIsLeftAlone() {
		this.runner.withUserConfiguration(Endpoints.class)
			.run((context) -> assertThat(handler(context, "/own")).isInstanceOf(OwnHandler.class));
	}

	private static Object handler(ApplicationContext context, String path) {
		Object handler = context.getBean("mapping", SimpleUrlHandlerMapping.class).getHandlerMap().get(path);
		assertThat(handler).isNotNull();
		return (handler != null) ? handler : "nothing";
	}

	private static long trackings(Object handler) {
		WebSocketHandler first = (handler instanceof SockJsHttpRequestHandler sockJs) ? sockJs.getWebSocketHandler()
				: ((WebSocketHttpRequestHandler) handler).getWebSocketHandler();
		return decorators(first).stream().filter("TrackingHandler"::equals).count();
	}

	private static List<String> decorators(WebSocketHandler first) {
		List<String> names = new ArrayList<>();
		WebSocketHandler next = first;
		while (next instanceof WebSocketHandlerDecorator decorator) {
			names.add(decorator.getClass().getSimpleName());
			next = decorator.getDelegate();
		}
		return names;
	}

	@Configuration(proxyBeanMethods = false)
	static class Endpoints {

		private static final HandshakeHandler HANDSHAKE = Mockito.mock(HandshakeHandler.class);

		private static final HandshakeInterceptor INTERCEPTOR = Mockito.mock(HandshakeInterceptor.class);

		private static final SockJsService SOCK_JS = Mockito.mock(SockJsService.class);

		private final WebSocketHandler handler = new TextWebSocketHandler();

		@Bean
		WebSocketHttpRequestHandler endpoint() {
			return new WebSocketHttpRequestHandler(this.handler, HANDSHAKE);
		}

		@Bean
		SockJsHttpRequestHandler sockJs() {
			return new SockJsHttpRequestHandler(SOCK_JS, this.handler);
		}

		@Bean
		WebSocketHandlerMapping mapping(WebSocketHttpRequestHandler endpoint, SockJsHttpRequestHandler sockJs) {
			WebSocketHttpRequestHandler mapped = new WebSocketHttpRequestHandler(this.handler, HANDSHAKE);
			mapped.setHandshakeInterceptors(List.of(INTERCEPTOR));
			WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
			mapping.setUrlMap(Map.of("/mapped", mapped, "/bean", endpoint, "/sockjs", sockJs, "/own",
					new OwnHandler(this.handler)));
			return mapping;
		}

	}

	private static final class OwnHandler extends WebSocketHttpRequestHandler {

		OwnHandler(WebSocketHandler handler) {
			super(handler, Endpoints.HANDSHAKE);
		}

	}

}

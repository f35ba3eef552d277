/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitterReturnValueHandler;

import static org.assertj.core.api.Assertions.assertThat;

class EmitterAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebMvcAutoConfiguration.class, EmitterAutoConfiguration.class));

	@Test
	void onlyTheHandlerOfEmittersIsReplaced() {
		this.runner.withPropertyValues("holdfast.enabled=false").run((vanilla) -> this.runner.run((context) -> {
			List<HandlerMethodReturnValueHandler> plain = handlers(vanilla);
			List<HandlerMethodReturnValueHandler> watched = handlers(context);
			assertThat(watched).hasSameSizeAs(plain).filteredOn(EmitterReturnValueHandler.class::isInstance).hasSize(1);
			for (int index = 0; index < plain.size(); index++) {
				Class<?> expected = (plain.get(index) instanceof ResponseBodyEmitterReturnValueHandler)
						? EmitterReturnValueHandler.class : plain.get(index).getClass();
				assertThat(watched.get(index)).isExactlyInstanceOf(expected);
			}
		}));
	}

	@Test
	void applicationThatIsStartedLazilyIsWatchedToo() {
		this.runner
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor((factory) -> List.of(factory.getBeanDefinitionNames())
					.forEach((name) -> factory.getBeanDefinition(name).setLazyInit(true))))
			.run((context) -> assertThat(handlers(context)).anyMatch(EmitterReturnValueHandler.class::isInstance));
	}

	@Test
	void startsWithoutMvc() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(EmitterAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmitterAutoConfiguration.class));
	}

	@Test
	void applicationWithoutAWebIsLeftAlone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EmitterAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmitterDrain.class));
	}

	@Test
	void switchedOffLeavesNothingBehind() {
		this.runner.withPropertyValues("holdfast.enabled=false")
			.run((context) -> assertThat(context.getBeanDefinitionNames())
				.noneMatch((name) -> name.contains("holdfast")));
	}

	private static List<HandlerMethodReturnValueHandler> handlers(ApplicationContext context) {
		return Objects.requireNonNull(context.getBean(RequestMappingHandlerAdapter.class).getReturnValueHandlers());
	}

}

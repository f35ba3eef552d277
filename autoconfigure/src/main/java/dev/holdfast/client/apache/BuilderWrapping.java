/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;

/**
 * Puts the bounds around Boot's builder, behind all customizers. Whoever asks Boot for a
 * client afterwards gets a bounded one.
 */
final class BuilderWrapping implements BeanPostProcessor {

	private final Supplier<@Nullable ApacheClients> clients;

	private final ConfigurableListableBeanFactory beanFactory;

	BuilderWrapping(Supplier<@Nullable ApacheClients> clients, ConfigurableListableBeanFactory beanFactory) {
		this.clients = clients;
		this.beanFactory = beanFactory;
	}

	private boolean isDeclaredAsItIs(String beanName) {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		if (!factory.containsBeanDefinition(beanName)) {
			return true;
		}
		Class<?> declared = factory.getMergedBeanDefinition(beanName).getResolvableType().resolve();
		return declared == null || !declared.isAssignableFrom(BoundedFactoryBuilder.class);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof HttpComponentsClientHttpRequestFactoryBuilder builder) {
			ApacheClients bounding = this.clients.get();
			if (bounding == null || !bounding.isPossible()) {
				return bean;
			}
			// who has declared the bean by its class may have it injected by that
			return isDeclaredAsItIs(beanName) ? bounding.bound(builder)
					: new BoundedFactoryBuilder(builder, bounding, ApacheClients.DEFAULT);
		}
		return bean;
	}

}

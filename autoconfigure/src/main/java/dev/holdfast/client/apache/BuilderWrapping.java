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
 * client afterwards gets a bounded one. A builder that the application has declared by
 * its own type, which is final, keeps it: its clients are bounded too, each with a pool
 * of its own.
 */
final class BuilderWrapping implements BeanPostProcessor {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Supplier<@Nullable ApacheClients> clients;

	BuilderWrapping(ConfigurableListableBeanFactory beanFactory, Supplier<@Nullable ApacheClients> clients) {
		this.beanFactory = beanFactory;
		this.clients = clients;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof HttpComponentsClientHttpRequestFactoryBuilder builder) {
			ApacheClients bounding = this.clients.get();
			if (bounding == null) {
				return bean;
			}
			return isDeclaredAsSuch(beanName) ? bounding.bound(builder)
					: new BoundedFactoryBuilder(builder, bounding, ApacheClients.DEFAULT);
		}
		return bean;
	}

	private boolean isDeclaredAsSuch(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName) && this.beanFactory.getMergedBeanDefinition(beanName)
			.getResolvableType()
			.toClass() == HttpComponentsClientHttpRequestFactoryBuilder.class;
	}

}

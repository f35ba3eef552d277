/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;

/**
 * Puts the bounds around Boot's builder, behind all customizers. Whoever asks Boot for a
 * client afterwards gets a bounded one.
 */
final class BuilderWrapping implements BeanPostProcessor {

	private final Supplier<@Nullable ApacheClients> clients;

	BuilderWrapping(Supplier<@Nullable ApacheClients> clients) {
		this.clients = clients;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof HttpComponentsClientHttpRequestFactoryBuilder builder) {
			ApacheClients bounding = this.clients.get();
			return (bounding != null) ? new BoundedFactoryBuilder(builder, bounding, ApacheClients.DEFAULT) : bean;
		}
		return bean;
	}

}

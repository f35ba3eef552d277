/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Object pools of the application that hold clients, responses or raw connections. A
 * client pools its connections itself: a pool around it hides who has what, and keeps
 * connections beyond their age. Only pools of Commons Pool that are beans are seen, and
 * those that say what they hold; pools that drivers make for themselves are not meant.
 */
final class ObjectPoolFindings {

	static final String LIBRARY = "org.apache.commons.pool2.impl.GenericObjectPool";

	private static final List<String> CONNECTIONS = List.of("java.net.Socket", "java.net.URLConnection",
			"java.net.http.HttpClient", "org.springframework.http.client.ClientHttpRequestFactory",
			"org.springframework.http.client.ClientHttpResponse", "org.springframework.web.client.RestClient",
			"org.springframework.web.client.RestOperations",
			"org.springframework.web.reactive.function.client.WebClient",
			"org.apache.hc.client5.http.classic.HttpClient", "org.apache.hc.core5.http.HttpResponse",
			"okhttp3.OkHttpClient");

	private final ConfigurableListableBeanFactory beanFactory;

	ObjectPoolFindings(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		Stream.of(ObjectPool.class, KeyedObjectPool.class)
			.flatMap((type) -> Stream.of(this.beanFactory.getBeanNamesForType(type, false, false)))
			.forEach((name) -> {
				Class<?> held = held(name);
				if (held != null && CONNECTIONS.stream().anyMatch((type) -> isA(held, type))) {
					findings.add(new Finding("client-object-pool", Severity.WARNING,
							"The bean '%s' is an object pool of %s: its connections outlive every limit of age and use, and nobody sees who has them."
								.formatted(name, held.getName()),
							"Share one client instead: it pools its connections, bounded by holdfast.client.max-connections."));
				}
			});
		return findings;
	}

	private @Nullable Class<?> held(String name) {
		Object pool = this.beanFactory.containsSingleton(name) ? this.beanFactory.getSingleton(name) : null;
		Class<?> made = null;
		if (pool instanceof GenericObjectPool<?> generic) {
			made = generic(ResolvableType.forInstance(generic.getFactory()), PooledObjectFactory.class, 0);
		}
		else if (pool instanceof GenericKeyedObjectPool<?, ?> keyed) {
			made = generic(ResolvableType.forInstance(keyed.getFactory()), KeyedPooledObjectFactory.class, 1);
		}
		return (made != null) ? made : declared(name);
	}

	// a factory that is a lambda does not say what it makes
	private @Nullable Class<?> declared(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return null;
		}
		ResolvableType type = this.beanFactory.getMergedBeanDefinition(name).getResolvableType();
		Class<?> held = generic(type, ObjectPool.class, 0);
		return (held != null) ? held : generic(type, KeyedObjectPool.class, 1);
	}

	private static @Nullable Class<?> generic(ResolvableType type, Class<?> as, int index) {
		Class<?> found = type.as(as).getGeneric(index).resolve();
		return (found != Object.class) ? found : null;
	}

	private boolean isA(Class<?> held, String type) {
		try {
			return ClassUtils.forName(type, this.beanFactory.getBeanClassLoader()).isAssignableFrom(held);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}

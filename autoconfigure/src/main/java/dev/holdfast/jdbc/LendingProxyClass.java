/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.Method;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.settings.EarlyWork;

import org.springframework.cglib.core.SpringNamingPolicy;
import org.springframework.cglib.proxy.Callback;
import org.springframework.cglib.proxy.CallbackFilter;
import org.springframework.cglib.proxy.Dispatcher;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.NoOp;

/**
 * The classes of {@link LendingProxy}'s proxies. Some hundred methods of a pool go
 * straight to it, which a proxy of Spring AOP would reflect upon one by one: it takes
 * twice the time. Made early, it takes none of the main thread's.
 */
final class LendingProxyClass implements EarlyWork {

	private static final CallbackFilter FILTER = new Lending();

	@Override
	public void run() {
		of(HikariDataSource.class);
	}

	/**
	 * The class of a proxy, the same one whenever asked for.
	 * @param <T> type of the pool
	 * @param type class of the pool
	 * @return a subclass, instances of which need {@link #callbacks}
	 * @throws RuntimeException if it cannot have a subclass
	 */
	@SuppressWarnings("unchecked")
	static <T extends HikariDataSource> Class<? extends T> of(Class<T> type) {
		Enhancer enhancer = new Enhancer();
		enhancer.setSuperclass(type);
		enhancer.setNamingPolicy(SpringNamingPolicy.INSTANCE);
		enhancer.setCallbackFilter(FILTER);
		enhancer.setCallbackTypes(new Class<?>[] { MethodInterceptor.class, Dispatcher.class, NoOp.class });
		return (Class<? extends T>) enhancer.createClass();
	}

	static Callback[] callbacks(MethodInterceptor lender, Dispatcher target) {
		return new Callback[] { lender, target, NoOp.INSTANCE };
	}

	/**
	 * Index of the callback for a method. Part of the key under which the class is known:
	 * equal to its likes.
	 */
	private static final class Lending implements CallbackFilter {

		@Override
		public int accept(Method method) {
			return switch (method.getName()) {
				case "getConnection", "evictConnection", "unwrap" -> 0;
				// a proxy is equal to itself only
				case "equals", "hashCode", "finalize" -> 2;
				default -> 1;
			};
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Lending;
		}

		@Override
		public int hashCode() {
			return Lending.class.hashCode();
		}

	}

}

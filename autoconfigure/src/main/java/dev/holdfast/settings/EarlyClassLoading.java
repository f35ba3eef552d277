/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Loads and verifies the library's classes on a second thread while the application
 * prepares itself: some 400 of them, which the main thread would do one by one. Found by
 * the signatures of what the auto-configurations declare. As Boot's own background
 * initialization it happens once per JVM, on two processors or more, and not where
 * {@code spring.backgroundpreinitializer.ignore} is set.
 */
final class EarlyClassLoading implements EnvironmentPostProcessor, Ordered {

	private static final String OWN = "dev.holdfast.";

	private static final String IGNORE = "spring.backgroundpreinitializer.ignore";

	private static final AtomicBoolean begun = new AtomicBoolean();

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean useful = Runtime.getRuntime().availableProcessors() > 1 && !Boolean.getBoolean(IGNORE);
		if (useful && isWanted(environment, application) && begun.compareAndSet(false, true)) {
			Thread thread = new Thread(EarlyClassLoading::prepare, "holdfast-class-loading");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private static void prepare() {
		ClassLoader loader = EarlyClassLoading.class.getClassLoader();
		load(loader);
		work(loader);
	}

	/**
	 * Does what can be done early.
	 * @param loader where the library is
	 */
	static void work(ClassLoader loader) {
		SpringFactoriesLoader.forDefaultResourceLocation(loader)
			.load(EarlyWork.class, EarlyClassLoading::leaveToMain)
			.forEach((work) -> {
				try {
					work.run();
				}
				catch (RuntimeException | LinkageError ex) {
					leaveToMain(EarlyWork.class, work.getClass().getName(), ex);
				}
			});
	}

	private static void leaveToMain(Class<?> type, String name, Throwable failure) {
		// it says so, if it needs what failed here
	}

	static boolean isWanted(ConfigurableEnvironment environment, SpringApplication application) {
		return application.getWebApplicationType() != WebApplicationType.NONE
				&& !"false".equalsIgnoreCase(environment.getProperty("holdfast.enabled"));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Loads what is not loaded yet.
	 * @param loader where the library is
	 * @return the classes of ours that were found
	 */
	static Set<Class<?>> load(ClassLoader loader) {
		Set<Class<?>> known = new HashSet<>();
		Deque<Class<?>> due = new ArrayDeque<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, loader)) {
			if (name.startsWith(OWN)) {
				try {
					due.add(Class.forName(name, false, loader));
				}
				catch (ClassNotFoundException | LinkageError ex) {
					// the main thread says so, if it needs it
				}
			}
		}
		while (!due.isEmpty()) {
			Class<?> type = due.remove();
			if (type.getName().startsWith(OWN) && known.add(type)) {
				addNeighbours(type, due);
			}
		}
		return known;
	}

	// asking for its members makes the JVM verify a class
	private static void addNeighbours(Class<?> type, Deque<Class<?>> due) {
		try {
			Collections.addAll(due, type.getDeclaredClasses());
			for (Method method : type.getDeclaredMethods()) {
				due.add(method.getReturnType());
				Collections.addAll(due, method.getParameterTypes());
			}
			for (Constructor<?> constructor : type.getDeclaredConstructors()) {
				Collections.addAll(due, constructor.getParameterTypes());
			}
			for (Field field : type.getDeclaredFields()) {
				due.add(field.getType());
			}
		}
		catch (LinkageError ex) {
			// for a library that is not there
		}
	}

}

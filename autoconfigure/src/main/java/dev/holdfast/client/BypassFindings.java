/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.report.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds beans that call others without our limits. Looks when it is asked, at singletons
 * that exist by then: it creates none. A client that a factory bean makes, or one that is
 * no bean, is not seen.
 */
final class BypassFindings {

	private final ConfigurableListableBeanFactory beanFactory;

	BypassFindings(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		for (BypassKind kind : BypassKind.values()) {
			Class<?> type = find(kind.type());
			if (type != null) {
				addFindings(findings, kind, type);
			}
		}
		if (find(ObjectPoolFindings.LIBRARY) != null) {
			findings.addAll(new ObjectPoolFindings(this.beanFactory).findings());
		}
		return findings;
	}

	private void addFindings(List<Finding> findings, BypassKind kind, Class<?> type) {
		for (String name : this.beanFactory.getBeanNamesForType(type, false, false)) {
			// may be the factory of the bean
			Object bean = this.beanFactory.containsSingleton(name) ? this.beanFactory.getSingleton(name) : null;
			Finding finding = type.isInstance(bean) ? kind.inspect(name, bean) : null;
			if (finding != null) {
				findings.add(finding);
			}
		}
	}

	private @Nullable Class<?> find(String type) {
		try {
			return ClassUtils.forName(type, this.beanFactory.getBeanClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}

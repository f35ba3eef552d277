/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * What one folder of manifests deploys: the base, and what the folder patches into its
 * only container.
 *
 * @param base the deployment that every variant has
 * @param patch what is merged into it, {@code null} for the base itself
 */
record KubernetesVariant(Deployment base, @Nullable Deployment patch) {

	static final Path MANIFESTS = Path.of("k8s");

	static KubernetesVariant read(String folder) throws IOException {
		Deployment base = parse("base");
		return new KubernetesVariant(base, folder.equals("base") ? null : parse(folder));
	}

	private static Deployment parse(String folder) throws IOException {
		return StrictManifests.parse(Files.readString(MANIFESTS.resolve(folder).resolve("deployment.yaml")),
				Deployment.class);
	}

	Duration gracePeriod() {
		return Duration.ofSeconds(this.base.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
	}

	@Nullable LifecycleHandler preStop() {
		return containers().stream()
			.filter((container) -> container.getLifecycle() != null)
			.map((container) -> container.getLifecycle().getPreStop())
			.findFirst()
			.orElse(null);
	}

	Map<String, Object> variables() {
		Map<String, Object> variables = new LinkedHashMap<>();
		for (Container container : containers()) {
			for (EnvVar variable : container.getEnv()) {
				variables.put(variable.getName(), variable.getValue());
			}
		}
		return variables;
	}

	/**
	 * The container of the base and, if there is a patch, what is merged into it.
	 */
	private List<Container> containers() {
		List<Container> containers = new ArrayList<>(containers(this.base));
		if (this.patch != null) {
			containers.addAll(containers(this.patch));
		}
		return containers;
	}

	static List<Container> containers(Deployment deployment) {
		return deployment.getSpec().getTemplate().getSpec().getContainers();
	}

	/**
	 * The settings as the application finds them in the pod: variables first, then what
	 * every profile shares.
	 */
	Binder settings() throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		// the name is how Spring knows variables, whose names are written another way
		sources.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables()));
		sources.addLast(
				new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yml")).get(0));
		return new Binder(ConfigurationPropertySources.from(sources));
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubernetesManifestTests {

	private static final Path MANIFESTS = KubernetesVariant.MANIFESTS;

	/** What Holdfast makes of it on Kubernetes: see docs/drain.md. */
	private static final Duration DELAY = Duration.ofSeconds(10);

	private static final Duration PHASE = Duration.ofSeconds(12);

	/** Executors and pools, and what is to spare. */
	private static final Duration REST = Duration.ofSeconds(5 + 3);

	@ParameterizedTest
	@ValueSource(strings = { ".", "base", "prestop-sleep", "prestop-http" })
	void everyManifestIsAppliedByItsKustomization(String folder) throws IOException {
		Kustomization kustomization = Kustomization.read(folder);
		Stream<String> patches = (kustomization.patches() != null)
				? kustomization.patches().stream().map(Kustomization.Patch::path) : Stream.empty();
		try (Stream<Path> files = Files.list(MANIFESTS.resolve(folder))) {
			List<String> manifests = files.filter(Files::isRegularFile)
				.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.equals("kustomization.yaml"))
				.toList();
			assertThat(Stream.concat(kustomization.resources().stream(), patches)
				.filter((name) -> !Files.isDirectory(MANIFESTS.resolve(folder).resolve(name))))
				.containsExactlyInAnyOrderElementsOf(manifests);
		}
	}

	@Test
	void everyVariantIsMadeOfTheBase() throws IOException {
		assertThat(Kustomization.read(".").resources()).containsExactly("base");
		for (String variant : List.of("prestop-sleep", "prestop-http")) {
			assertThat(Kustomization.read(variant).resources()).containsExactly("../base");
			Deployment patch = Objects.requireNonNull(KubernetesVariant.read(variant).patch());
			// a patch for anything else would be refused, or add a second container
			assertThat(patch.getKind()).isEqualTo(deployment().getKind());
			assertThat(patch.getApiVersion()).isEqualTo(deployment().getApiVersion());
			assertThat(patch.getMetadata().getName()).isEqualTo(deployment().getMetadata().getName());
			assertThat(KubernetesVariant.containers(patch)).singleElement()
				.satisfies((container) -> assertThat(container.getName()).isEqualTo(container().getName()));
		}
	}

	@Test
	void kustomizationSetsTheTagOfTheImageThatIsDeployed() throws IOException {
		assertThat(Kustomization.read("base").images()).extracting(Kustomization.Image::name)
			.containsExactly(container().getImage());
	}

	@ParameterizedTest
	@CsvSource({ "replicas:, replica:", "maxUnavailable:, maxUnavailible:", "httpGet:, httpGt:",
			"failureThreshold:, failureTreshold:", "runAsNonRoot:, runAsNonroot:", "limits:, limit:",
			"emptyDir:, emptydir:", "kind: Deployment, kinds: Deployment" })
	void mistypedFieldIsRefused(String field, String typo) throws IOException {
		String manifest = read("deployment.yaml");
		assertThat(manifest).contains(field);
		assertThatExceptionOfType(UnrecognizedPropertyException.class)
			.isThrownBy(() -> StrictManifests.parse(manifest.replace(field, typo), Deployment.class));
	}

	@ParameterizedTest
	@CsvSource({ "prestop-sleep, preStop:, prestop:", "prestop-sleep, seconds:, second:",
			"prestop-sleep, sleep:, sleeps:", "prestop-http, httpGet:, httpget:", "prestop-http, path:, paths:" })
	void mistypedFieldOfAHookIsRefused(String folder, String field, String typo) throws IOException {
		String manifest = read("../" + folder + "/deployment.yaml");
		assertThat(manifest).contains(field);
		assertThatExceptionOfType(UnrecognizedPropertyException.class)
			.isThrownBy(() -> StrictManifests.parse(manifest.replace(field, typo), Deployment.class));
	}

	@Test
	void selectorsMatchTheLabelsOfThePods() throws IOException {
		Map<String, String> labels = deployment().getSpec().getTemplate().getMetadata().getLabels();
		assertThat(labels).isNotEmpty();
		assertThat(deployment().getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
		assertThat(service().getSpec().getSelector()).isEqualTo(labels);
		assertThat(budget().getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
		assertThat(deployment().getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
			.allSatisfy((spread) -> assertThat(spread.getLabelSelector().getMatchLabels()).isEqualTo(labels));
	}

	@Test
	void portsAreThoseOfTheApplication() throws IOException {
		assertThat(containerPort("http")).isEqualTo(setting("server.port"));
		assertThat(containerPort("management")).isEqualTo(setting("management.server.port"));
	}

	@Test
	void serviceLeadsToTheApplicationOnly() throws IOException {
		assertThat(service().getSpec().getPorts()).singleElement()
			.satisfies((port) -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("http"));
	}

	@Test
	void probesAskTheManagementPort() throws IOException {
		assertThat(setting("management.endpoint.health.probes.enabled")).isEqualTo(true);
		assertProbe(container().getStartupProbe(), "/actuator/health/liveness");
		assertProbe(container().getLivenessProbe(), "/actuator/health/liveness");
		assertProbe(container().getReadinessProbe(), "/actuator/health/readiness");
	}

	@Test
	void rollingUpdateNeverLowersCapacity() throws IOException {
		var rolling = deployment().getSpec().getStrategy().getRollingUpdate();
		assertThat(rolling.getMaxUnavailable().getIntVal()).isZero();
		assertThat(rolling.getMaxSurge().getIntVal()).isPositive();
		assertThat(budget().getSpec().getMaxUnavailable().getIntVal()).isPositive()
			.isLessThan(deployment().getSpec().getReplicas());
	}

	@Test
	void containerHasNoRightsItDoesNotNeed() throws IOException {
		assertThat(deployment().getSpec().getTemplate().getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
		assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
		assertThat(container().getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
		assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
		assertThat(container().getVolumeMounts()).singleElement()
			.satisfies((mount) -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
	}

	@Test
	void resourcesAreBounded() throws IOException {
		assertThat(container().getResources().getRequests()).containsOnlyKeys("cpu", "memory");
		assertThat(container().getResources().getLimits()).containsOnlyKeys("cpu", "memory");
		assertThat(deployment().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "prestop-sleep", "prestop-http" })
	void wholeShutdownFitsIntoTheGracePeriod(String folder) throws IOException {
		KubernetesVariant variant = KubernetesVariant.read(folder);
		Duration slept = Duration.ofSeconds(seconds(variant.preStop()));
		Duration delay = time(variant, "holdfast.shutdown.delay", DELAY).minus(slept);
		Duration phase = time(variant, "spring.lifecycle.timeout-per-shutdown-phase", PHASE);
		// where the hook is an httpGet the delay is part of it: SIGTERM does not wait for
		// it again
		assertThat(slept.plus(delay.isNegative() ? Duration.ZERO : delay).plus(phase).plus(REST))
			.isLessThanOrEqualTo(variant.gracePeriod());
		assertThat(time(variant, "holdfast.shutdown.grace-period", Duration.ZERO)).isEqualTo(variant.gracePeriod());
		assertThat(time(variant, "holdfast.shutdown.prestop-sleep", Duration.ZERO)).isEqualTo(slept);
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "prestop-sleep", "prestop-http" })
	void everyVariableNamesAPropertyThatExists(String folder) throws IOException {
		Set<String> known = new HashSet<>(Set.of("JAVA_TOOL_OPTIONS"));
		for (URL metadata : Collections
			.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = metadata.openStream()) {
				new ObjectMapper().readTree(json)
					.path("properties")
					.forEach((property) -> known.add(variable(property.path("name").asText())));
			}
		}
		assertThat(KubernetesVariant.read(folder).variables().keySet()).isNotEmpty()
			.filteredOn((variable) -> !known.contains(variable))
			.isEmpty();
	}

	private static String variable(String property) {
		return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	@Test
	void onlyTheVariantsHaveAHook() throws IOException {
		assertThat(KubernetesVariant.read("base").preStop()).isNull();
		assertThat(seconds(KubernetesVariant.read("prestop-sleep").preStop())).isPositive();
		assertThat(KubernetesVariant.read("prestop-http").preStop()).isNotNull();
	}

	@Test
	void hookCallsAnEndpointThatIsThereAndMayBeCalled() throws IOException {
		KubernetesVariant variant = KubernetesVariant.read("prestop-http");
		HTTPGetAction call = Objects.requireNonNull(variant.preStop()).getHttpGet();
		assertThat(containerPort(call.getPort().getStrVal())).isEqualTo(setting("management.server.port"))
			.isNotEqualTo(setting("server.port"));
		assertThat(call.getPath()).isEqualTo("/actuator/prestop");
		assertThat(variant.settings().bind("management.endpoints.web.base-path", String.class).isBound()).isFalse();
		assertThat(exposed(variant)).containsAll(exposed(KubernetesVariant.read("base"))).contains("prestop");
		assertThat(variant.settings().bind("management.endpoint.prestop.access", Access.class).get())
			.isEqualTo(Access.READ_ONLY);
	}

	private static int seconds(@Nullable LifecycleHandler hook) {
		return (hook != null && hook.getSleep() != null) ? Math.toIntExact(hook.getSleep().getSeconds()) : 0;
	}

	private static Duration time(KubernetesVariant variant, String key, Duration otherwise) throws IOException {
		return Objects.requireNonNullElse(variant.settings().bind(key, Duration.class).orElse(null), otherwise);
	}

	private static List<String> exposed(KubernetesVariant variant) throws IOException {
		return variant.settings()
			.bind("management.endpoints.web.exposure.include", Bindable.listOf(String.class))
			.get();
	}

	private static void assertProbe(Probe probe, String path) {
		assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
		assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
		assertThat(probe.getTimeoutSeconds()).isPositive();
	}

	private static Object containerPort(String name) throws IOException {
		return container().getPorts()
			.stream()
			.filter((port) -> port.getName().equals(name))
			.map(ContainerPort::getContainerPort)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * From the first document of the application's settings: what every profile shares.
	 */
	private static Object setting(String key) throws IOException {
		PropertySource<?> shared = new YamlPropertySourceLoader()
			.load("application", new ClassPathResource("application.yml"))
			.get(0);
		return Objects.requireNonNull(shared.getProperty(key), key);
	}

	private static Container container() throws IOException {
		return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
	}

	private static Deployment deployment() throws IOException {
		return StrictManifests.parse(read("deployment.yaml"), Deployment.class);
	}

	private static Service service() throws IOException {
		return StrictManifests.parse(read("service.yaml"), Service.class);
	}

	private static PodDisruptionBudget budget() throws IOException {
		return StrictManifests.parse(read("poddisruptionbudget.yaml"), PodDisruptionBudget.class);
	}

	private static String read(String manifest) throws IOException {
		return Files.readString(MANIFESTS.resolve("base").resolve(manifest));
	}

}

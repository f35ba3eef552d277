/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubernetesManifestTests {

	private static final Path MANIFESTS = Path.of("k8s");

	@Test
	void everyManifestIsAppliedByTheKustomization() throws IOException {
		try (Stream<Path> files = Files.list(MANIFESTS)) {
			List<String> manifests = files.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.equals("kustomization.yaml"))
				.toList();
			assertThat(kustomization().resources()).containsExactlyInAnyOrderElementsOf(manifests);
		}
	}

	@Test
	void kustomizationSetsTheTagOfTheImageThatIsDeployed() throws IOException {
		assertThat(kustomization().images()).extracting(Kustomization.Image::name)
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

	private static Kustomization kustomization() throws IOException {
		return StrictManifests.parse(read("kustomization.yaml"), Kustomization.class);
	}

	private static String read(String manifest) throws IOException {
		return Files.readString(MANIFESTS.resolve(manifest));
	}

	/**
	 * The fields of a kustomization that are in use here; any other is refused.
	 */
	record Kustomization(String apiVersion, String kind, List<String> resources, List<Image> images) {

		record Image(String name, String newTag) {

		}

	}

}

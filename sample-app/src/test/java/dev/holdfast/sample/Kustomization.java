/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a kustomization that are in use here; any other is refused.
 *
 * @param apiVersion version of the model
 * @param kind always {@code Kustomization}
 * @param resources files and folders that are applied
 * @param images images whose tag is set
 * @param patches what is merged into the resources
 */
record Kustomization(String apiVersion, String kind, List<String> resources, @Nullable List<Image> images,
		@Nullable List<Patch> patches) {

	static Kustomization read(String folder) throws IOException {
		String yaml = Files.readString(KubernetesVariant.MANIFESTS.resolve(folder).resolve("kustomization.yaml"));
		return StrictManifests.parse(yaml, Kustomization.class);
	}

	record Image(String name, String newTag) {

	}

	record Patch(String path) {

	}

}

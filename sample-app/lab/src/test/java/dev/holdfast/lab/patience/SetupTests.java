/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.util.List;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.patience.Setup.Container;
import dev.holdfast.lab.patience.Setup.Variant;
import dev.holdfast.lab.scenario.Form;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SetupTests {

	@Test
	void productHasEveryCombinationOnce() {
		assertThat(Setup.all()).extracting(Setup::id)
			.containsExactly("tomcat/vanilla", "tomcat/holdfast", "jetty/vanilla", "jetty/holdfast");
	}

	@Test
	void briefFormHasBothContainersWithUs() {
		assertThat(Setup.brief()).extracting(Setup::id).containsExactly("tomcat/holdfast", "jetty/holdfast");
	}

	@Test
	void nothingIsSetButTheServer() {
		assertThat(new Setup(Container.TOMCAT, Variant.HOLDFAST).options()).isEqualTo(AppOptions.holdfast());
		assertThat(new Setup(Container.TOMCAT, Variant.VANILLA).options()).isEqualTo(AppOptions.vanilla());
		AppOptions jetty = new Setup(Container.JETTY, Variant.HOLDFAST).options();
		assertThat(jetty.profile()).isEqualTo(AppOptions.Profile.DEFAULTS);
		assertThat(jetty.arguments()).isEqualTo(List.of("--spring.profiles.include=jetty"));
	}

	@Test
	void longFormDownloadsMoreThanAnIntegerCounts() {
		assertThat(Extent.of(Form.LONG).bytes()).isEqualTo(Integer.MAX_VALUE + 1L);
		assertThat(Extent.of(Form.SHORT).bytes()).isEqualTo(15_728_640);
		assertThat(Extent.of(Form.SHORT).rows()).isEqualTo(50);
	}

}

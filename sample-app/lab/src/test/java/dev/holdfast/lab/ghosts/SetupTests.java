/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.util.List;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.ghosts.Setup.Container;
import dev.holdfast.lab.ghosts.Setup.Threads;
import dev.holdfast.lab.ghosts.Setup.Transport;
import dev.holdfast.lab.ghosts.Setup.Variant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SetupTests {

	@Test
	void productHasEveryCombinationOnce() {
		assertThat(Setup.all()).hasSize(16).doesNotHaveDuplicates();
		assertThat(Setup.all()).extracting(Setup::id)
			.startsWith("tomcat/platform/plain/vanilla", "tomcat/platform/plain/holdfast");
	}

	@Test
	void briefFormHasBothContainersAndVariants() {
		assertThat(Setup.brief()).extracting(Setup::container).contains(Container.values());
		assertThat(Setup.brief()).extracting(Setup::variant).contains(Variant.values());
		assertThat(Setup.all()).containsAll(Setup.brief()).containsAll(Setup.briefest());
	}

	@Test
	void isStartedWithItsDatabaseContainerAndThreads() {
		AppOptions options = new Setup(Container.JETTY, Threads.VIRTUAL, Transport.TLS, Variant.VANILLA)
			.options(List.of("--more"));
		assertThat(options.arguments()).containsExactly("--more", "--spring.profiles.include=postgresql,jetty");
		assertThat(options.virtualThreads()).isTrue();
		assertThat(options.profile()).isEqualTo(AppOptions.Profile.VANILLA);
		assertThat(Setup.briefest().get(0).options(List.of()).arguments())
			.containsExactly("--spring.profiles.include=postgresql");
	}

}

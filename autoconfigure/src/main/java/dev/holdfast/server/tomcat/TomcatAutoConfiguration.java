/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what is particular to Tomcat.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@ConditionalOnClass(TomcatWebServer.class)
public final class TomcatAutoConfiguration {

	@Bean
	TomcatCapacityReader holdfastTomcatCapacityReader() {
		return new TomcatCapacityReader();
	}

	@Bean
	TomcatConnections holdfastTomcatConnections() {
		return new TomcatConnections();
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> holdfastUnreadBodyValve() {
		return (factory) -> factory.addEngineValves(new UnreadBodyValve());
	}

}

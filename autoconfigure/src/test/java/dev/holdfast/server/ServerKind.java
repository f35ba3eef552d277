/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The servers that a test runs on: both are on the class path, and one stands back.
 */
public enum ServerKind {

	TOMCAT("jetty", "Jetty"), JETTY("tomcat", "Tomcat");

	private static final String SECURITY = "org.springframework.boot.security.autoconfigure.";

	private final String otherPackage;

	private final String other;

	ServerKind(String otherPackage, String other) {
		this.otherPackage = otherPackage;
		this.other = other;
	}

	public List<String> exclusions(boolean secured) {
		String root = "org.springframework.boot." + this.otherPackage + ".autoconfigure.";
		List<String> names = new ArrayList<>();
		names.add(root + "servlet." + this.other + "ServletWebServerAutoConfiguration");
		names.add(root + "actuate.web.server." + this.other + "ServletManagementContextAutoConfiguration");
		names.add("org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
		if (!secured) {
			names.add(SECURITY + "SecurityAutoConfiguration");
			names.add(SECURITY + "UserDetailsServiceAutoConfiguration");
			names.add(SECURITY + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration");
			names.add(SECURITY + "web.servlet.SecurityFilterAutoConfiguration");
			names.add(SECURITY + "web.servlet.ServletWebSecurityAutoConfiguration");
		}
		return names;
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationTests {

	@Test
	void haproxyNeverRepeatsARequest() {
		assertThat(haproxy(true, false)).contains("\tretries 0\n", "\tno option redispatch\n")
			.doesNotContain("retry-on");
	}

	@Test
	void haproxyAsksEverySecondOnlyWhereItShould() {
		assertThat(haproxy(true, false)).contains("\thttp-check send meth GET uri /actuator/health/readiness ver",
				"\tserver s3 127.0.0.1:1 check port 1 inter 1s fall 1 rise 1 check-proto h1 disabled\n");
		assertThat(haproxy(false, false)).doesNotContain("check").contains("\tserver s3 127.0.0.1:1 disabled\n");
	}

	@Test
	void haproxySpeaksToTheInstancesWhatTheySpeak() {
		assertThat(haproxy(false, true)).contains("\tserver s0 127.0.0.1:1 proto h2 disabled\n");
		assertThat(haproxy(false, false)).contains("\tbind 127.0.0.1:1002 proto h2\n")
			.doesNotContain("127.0.0.1:1 proto h2");
	}

	@Test
	void nginxKeepsItsConnectionsAndNeverRepeatsARequest() {
		String text = new NginxProxyConfiguration(1001, List.of(2001, 2002)).text();
		assertThat(text).contains("listen 127.0.0.1:1001;", "\t\tserver 127.0.0.1:2001 max_fails=0;\n",
				"\t\tserver 127.0.0.1:2002 max_fails=0;\n", "proxy_next_upstream off;", "keepalive 64;",
				"proxy_set_header Connection \"\";", "proxy_http_version 1.1;");
	}

	private static String haproxy(boolean checks, boolean http2) {
		return new HaproxyConfiguration(1001, 1002, Path.of("/tmp/folder/admin"), checks, http2).text();
	}

}

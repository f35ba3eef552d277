/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.holdfast.lab.peer.Identity;
import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;

/**
 * Calls one after the other to a peer that wants a client certificate: how many
 * connections, and so handshakes, they take.
 */
final class IdentityScenario implements Scenario {

	private static final int CALLS = 8;

	@Override
	public String name() {
		return "identity";
	}

	@Override
	public String summary() {
		return "connections that sequential calls with a client certificate take";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public Company company() {
		return Company.QUIET;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Path folder = Files.createTempDirectory("identity");
		try {
			run(bench, Identity.create(folder));
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private void run(Workbench bench, Identity identity) throws Exception {
		List<String> bundle = List.of("spring.ssl.bundle.jks.lab.keystore.location=file:" + identity.store(),
				"spring.ssl.bundle.jks.lab.keystore.password=" + identity.password(),
				"spring.ssl.bundle.jks.lab.keystore.type=PKCS12",
				"spring.ssl.bundle.jks.lab.truststore.location=file:" + identity.store(),
				"spring.ssl.bundle.jks.lab.truststore.password=" + identity.password(),
				"spring.ssl.bundle.jks.lab.truststore.type=PKCS12", "spring.http.clients.ssl.bundle=lab");
		TextTable table = new TextTable("client", "calls", "connections");
		try (BootClient plain = BootClient.plain(bundle.toArray(String[]::new));
				BootClient bounded = BootClient.bounded(bundle)) {
			table.row("plain Boot", CALLS, connections(plain.client(), identity));
			long connections = connections(bounded.client(), identity);
			table.row("Holdfast", CALLS, connections);
			bench.check("calls with a client certificate share a connection", connections == 1,
					"%d connections of %d calls", connections, CALLS);
		}
		bench.publish(this,
				bench.page("Calls with a client certificate")
					.paragraph("Sequential calls to a peer that keeps connections alive, with Boot's SSL bundle.")
					.table(table)
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static long connections(RestClient client, Identity identity) throws Exception {
		try (Peer peer = Peers.clientCertificate(identity)) {
			for (int i = 0; i < CALLS; i++) {
				client.get().uri(peer.url() + "/quotes/{id}", i).retrieve().body(String.class);
			}
			return peer.connections();
		}
	}

}

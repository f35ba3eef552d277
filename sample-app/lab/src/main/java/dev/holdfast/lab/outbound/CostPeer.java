/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;

/**
 * A process that answers: it says where, and ends with its input.
 */
public final class CostPeer {

	private CostPeer() {
	}

	public static void main(String[] args) throws Exception {
		try (Peer peer = Peers.keepAlive()) {
			System.out.println(peer.url());
			while (System.in.read() >= 0) {
				// until the lab closes it
			}
		}
		System.exit(0);
	}

}

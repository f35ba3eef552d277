/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is asked for: paths and how often each is chosen.
 *
 * @param targets the paths with their weights
 */
public record Mix(List<Target> targets) {

	public Mix {
		if (targets.isEmpty()) {
			throw new IllegalArgumentException("A mix needs at least one target");
		}
		targets = List.copyOf(targets);
	}

	public static Mix of(String path) {
		return new Mix(List.of(new Target(path, 1)));
	}

	int pick(SplittableRandom random) {
		if (this.targets.size() == 1) {
			return 0;
		}
		double point = random.nextDouble() * this.targets.stream().mapToDouble(Target::weight).sum();
		for (int i = 0; i < this.targets.size(); i++) {
			point -= this.targets.get(i).weight();
			if (point < 0) {
				return i;
			}
		}
		return this.targets.size() - 1;
	}

	/**
	 * One path.
	 *
	 * @param path path and query, as sent
	 * @param weight how often it is chosen, relative to the others
	 */
	public record Target(String path, double weight) {

		ByteBuffer request(int port) {
			String request = "GET " + this.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: */*\r\n\r\n";
			return ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
		}

	}

}

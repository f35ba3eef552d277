/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.ArrayList;
import java.util.List;

/**
 * A source whose leases a test adds and takes away.
 */
final class TestSource implements PoolSource {

	private final List<Lease> leases = new ArrayList<>();

	private boolean failing;

	TestSource(Lease... leases) {
		this.leases.addAll(List.of(leases));
	}

	void add(Lease lease) {
		this.leases.add(lease);
	}

	void giveBack(Lease lease) {
		this.leases.remove(lease);
	}

	void fails(boolean fails) {
		this.failing = fails;
	}

	@Override
	public List<PoolUse> pools() {
		return List.of();
	}

	@Override
	public List<Lease> leases() {
		if (this.failing) {
			throw new IllegalStateException("planted");
		}
		return List.copyOf(this.leases);
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.util.Arrays;

/**
 * Slots of a hash table of numbers, at most half of them full, tried one after the other.
 */
final class Slots {

	private final int[] numbers;

	Slots(int most) {
		this.numbers = new int[Integer.highestOneBit(Math.max(2, most)) * 4];
		Arrays.fill(this.numbers, -1);
	}

	int first(int hash) {
		return hash & this.numbers.length - 1;
	}

	int next(int slot) {
		return slot + 1 & this.numbers.length - 1;
	}

	/**
	 * What is in a slot.
	 * @param slot the slot
	 * @return the number, -1 if it is free
	 */
	int get(int slot) {
		return this.numbers[slot];
	}

	void set(int slot, int number) {
		this.numbers[slot] = number;
	}

}

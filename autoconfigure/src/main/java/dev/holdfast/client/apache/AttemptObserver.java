/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

/**
 * What is told about calls while they run.
 */
interface AttemptObserver {

	/** Tells nobody. */
	AttemptObserver NONE = new AttemptObserver() {

		@Override
		public String template() {
			return "";
		}

		@Override
		public void retried(int number) {
			// nobody listens
		}

	};

	/**
	 * The URI template of the call that the current thread makes.
	 * @return the template, empty if it is not known
	 */
	String template();

	/**
	 * Says that a call is tried again.
	 * @param number how often it has been tried
	 */
	void retried(int number);

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to a tree of lifetimes, no child lasts longer than its parent, and
 * nothing of it stays behind.
 */
@Tag("B7")
class NestedLifetimesTests {

	private static final int MANY = 1_000_000;

	private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	@Property(tries = 500)
	void noChildLastsLongerThanItsParent(@ForAll("steps") List<Step> steps) {
		int timers = Timers.pending();
		Tree tree = new Tree();
		for (Step step : steps) {
			step.kind().apply(tree, step);
			tree.check();
		}
		tree.completeAll();
		assertThat(Timers.pending()).as("timers left").isEqualTo(timers);
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		return Combinators
			.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 1_000),
					Arbitraries.integers().between(1, 50))
			.as(Step::new)
			.list()
			.ofMinSize(5)
			.ofMaxSize(60);
	}

	@Test
	void nothingIsLeftOfAMillionRequests() {
		OwnedLifetime root = new OwnedLifetime(Deadline.after(Duration.ofHours(1), Ticker.system()));
		int timers = Timers.pending();
		request(root, 0);
		long before = used();
		for (int i = 0; i < MANY; i++) {
			request(root, i);
		}
		assertThat(Timers.pending()).as("timers left").isEqualTo(timers);
		assertThat(used() - before).as("bytes left of " + MANY + " requests").isLessThan(8L * MANY);
		assertThat(root.endReason()).isNull();
	}

	// every way that a request uses and leaves its lifetime
	private static void request(OwnedLifetime root, int number) {
		OwnedLifetime request = (OwnedLifetime) root.within(Duration.ofMinutes(1));
		Lifetime call = request.within(Duration.ofSeconds(5));
		Lifetime.Registration registration = call.onEnd((reason) -> {
		});
		switch (number % 5) {
			case 0 -> registration.close();
			case 1 -> request.end(EndReason.CLIENT_GONE);
			case 2 -> request.liftDeadline();
			case 3 -> request.startDeadline(Deadline.after(Duration.ofMinutes(2), Ticker.system()));
			default -> ((OwnedLifetime) call).complete();
		}
		request.complete();
		registration.close();
	}

	private long used() {
		System.gc();
		return this.memory.getHeapMemoryUsage().getUsed();
	}

	/**
	 * What can happen.
	 */
	private enum Kind {

		CHILD {
			@Override
			void apply(Tree tree, Step step) {
				Node parent = tree.pick(step.pick());
				// one without a deadline of its own measures its children by the real
				// clock
				if (!parent.lifted) {
					tree.nodes.add(new Node(parent,
							(OwnedLifetime) parent.lifetime.within(Duration.ofMinutes(step.number()))));
				}
			}
		},

		LISTEN {
			@Override
			void apply(Tree tree, Step step) {
				tree.pick(step.pick()).listen();
			}
		},

		START {
			@Override
			void apply(Tree tree, Step step) {
				Node node = tree.pick(step.pick());
				node.lifetime.startDeadline(tree.in(step.number()));
				node.lifted = false;
			}
		},

		LIFT {
			@Override
			void apply(Tree tree, Step step) {
				Node node = tree.pick(step.pick());
				node.lifetime.liftDeadline();
				node.lifted = true;
			}
		},

		PUT_OFF {
			@Override
			void apply(Tree tree, Step step) {
				Deadline later = tree.in(step.number() + 50);
				Node node = tree.pick(step.pick());
				node.lifetime.startDeadline(tree.in(step.number()), () -> later);
				node.lifted = false;
			}
		},

		END {
			@Override
			void apply(Tree tree, Step step) {
				tree.pick(step.pick()).lifetime.end(EndReason.CANCELLED);
			}
		},

		ADVANCE {
			@Override
			void apply(Tree tree, Step step) {
				tree.ticker.advance(Duration.ofMinutes(step.number()));
			}
		};

		abstract void apply(Tree tree, Step step);

	}

	/**
	 * One thing that happens.
	 *
	 * @param kind what
	 * @param pick to which lifetime
	 * @param number with which number
	 */
	record Step(Kind kind, int pick, int number) {
	}

	/**
	 * Lifetimes below one root.
	 */
	private static final class Tree {

		private final ManualTicker ticker = new ManualTicker();

		private final List<Node> nodes = new ArrayList<>();

		Tree() {
			this.nodes.add(new Node(null, new OwnedLifetime(in(200))));
		}

		Deadline in(long minutes) {
			// far from now: no real timer goes off before the test is over
			return Deadline.after(Duration.ofMinutes(minutes), this.ticker);
		}

		Node pick(int number) {
			return this.nodes.get(number % this.nodes.size());
		}

		void check() {
			for (Node node : this.nodes) {
				if (node.parent != null) {
					EndReason above = node.parent.lifetime.endReason();
					assertThat(above == null || node.lifetime.endReason() != null).as("ended with its parent").isTrue();
					assertThat(node.lifetime.remaining()).isLessThanOrEqualTo(node.parent.lifetime.remaining());
				}
				assertThat(node.told).as("told of its end")
					.hasSize((node.lifetime.endReason() != null) ? node.listeners : 0);
			}
		}

		void completeAll() {
			this.nodes.forEach((node) -> node.lifetime.complete());
		}

	}

	/**
	 * A lifetime and who listens to it.
	 */
	private static final class Node {

		private final @Nullable Node parent;

		private final OwnedLifetime lifetime;

		private final List<EndReason> told = new ArrayList<>();

		private int listeners;

		private boolean lifted;

		Node(@Nullable Node parent, OwnedLifetime lifetime) {
			this.parent = parent;
			this.lifetime = lifetime;
		}

		void listen() {
			this.listeners++;
			this.lifetime.onEnd(this.told::add);
		}

	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Decides for which leases it is recorded where they are taken. As long as nothing was
 * suspected that is one volatile read; afterwards the next leases of a suspected call
 * site are recorded, as many as one burst may have. The idea is that of Netty's leak
 * detector, which samples all places alike; here the first suspicion says where to look.
 *
 * @since 0.1.0
 */
public final class CallSites {

	/** Leases that are recorded after a suspicion. */
	static final int RECORDED = 100;

	/** Call sites that are known at a time. */
	private static final int MAX_SITES = 1000;

	private static final int SAMPLE = 128;

	private final Stacks stacks;

	private final Map<Site, AtomicInteger> left = new ConcurrentHashMap<>();

	private volatile boolean armed;

	/**
	 * Without suspicions yet.
	 * @param stacks when to record
	 */
	public CallSites(Stacks stacks) {
		this.stacks = stacks;
		this.armed = stacks == Stacks.ALWAYS || stacks == Stacks.SAMPLED;
	}

	/**
	 * Whether anything is recorded at all: asked for every lease.
	 * @return {@code false} as a rule
	 */
	public boolean isArmed() {
		return this.armed;
	}

	/**
	 * Records where the calling thread is, if that is wanted for this lease.
	 * @param pool name of the pool
	 * @param target the peer, see {@link Lease#target()}
	 * @param operation what the lease is taken for, see {@link Lease#operation()}
	 * @return a throwable made for its stack, {@code null} if it is not wanted
	 */
	public @Nullable Throwable take(String pool, String target, String operation) {
		return isWanted(new Site(pool, target, operation)) ? new TakenHere() : null;
	}

	private boolean isWanted(Site site) {
		return switch (this.stacks) {
			case OFF -> false;
			case ALWAYS -> true;
			case SAMPLED -> ThreadLocalRandom.current().nextInt(SAMPLE) == 0;
			case ADAPTIVE -> {
				AtomicInteger count = this.left.get(site);
				yield count != null && count.get() > 0 && count.getAndDecrement() > 0;
			}
		};
	}

	/**
	 * Says that a lease of a call site is suspected.
	 * @param site the call site
	 */
	void suspected(Site site) {
		if (this.stacks != Stacks.ADAPTIVE) {
			return;
		}
		AtomicInteger count = this.left.get(site);
		if (count != null) {
			count.set(RECORDED);
		}
		else if (this.left.size() < MAX_SITES) {
			this.left.put(site, new AtomicInteger(RECORDED));
			this.armed = true;
		}
	}

	/**
	 * What is alike of leases that come from one place, as far as it is known without a
	 * stack.
	 *
	 * @param pool name of the pool
	 * @param target the peer
	 * @param operation what the leases are taken for
	 */
	record Site(String pool, String target, String operation) {

		static Site of(Lease lease) {
			return new Site(lease.pool(), lease.target(), lease.operation());
		}

	}

	/**
	 * Made for its stack.
	 */
	private static final class TakenHere extends Throwable {

		private static final long serialVersionUID = 1L;

		TakenHere() {
			super("Taken here");
		}

	}

}

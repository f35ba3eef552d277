/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.tool.Tool;

/**
 * What a rolling restart is played with.
 *
 * @param balancer how clients get to an instance that is there
 * @param traffic what they ask for
 * @param fleet how the instances run
 */
record Cell(Balancer balancer, Traffic traffic, Fleet fleet) {

	static Cell of(Balancer balancer, Traffic traffic, Container container, Threads threads, Protocol protocol) {
		return new Cell(balancer, traffic, new Fleet(container, threads, protocol));
	}

	/**
	 * Whether there is such a thing.
	 * @return {@code false} for what one of the parts cannot do
	 */
	boolean isPossible() {
		boolean balancerSpeaks = this.balancer != Balancer.NGINX || this.fleet.protocol() == Protocol.HTTP1;
		boolean clientFits = !this.traffic.isClosedLoop() || this.balancer.isHaproxy();
		return balancerSpeaks && clientFits;
	}

	String id() {
		return name(this.balancer) + "/" + name(this.traffic) + "/" + this.fleet.id();
	}

	/**
	 * What has to be installed.
	 * @return the programs
	 */
	List<Tool> tools() {
		List<Tool> tools = new ArrayList<>();
		if (this.balancer.isHaproxy()) {
			tools.add(Tool.HAPROXY);
		}
		if (this.balancer == Balancer.NGINX) {
			tools.add(Tool.NGINX);
		}
		if (this.traffic == Traffic.WRK) {
			tools.add(Tool.WRK);
		}
		if (this.traffic == Traffic.H2LOAD) {
			tools.add(Tool.H2LOAD);
		}
		return tools;
	}

	static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Who stands between a client and the instances.
	 */
	enum Balancer {

		/** An haproxy that asks for the readiness of each instance every second. */
		CHECKS,

		/**
		 * An haproxy without any check, as Kubernetes' rules: it is told, and that takes
		 * effect some seconds after SIGTERM.
		 */
		DELAYED,

		/** An nginx that gets another list of instances some seconds after SIGTERM. */
		NGINX,

		/** Nobody: the client has a pool, and asks for readiness every second. */
		DIRECT;

		boolean isHaproxy() {
			return this == CHECKS || this == DELAYED;
		}

	}

	/**
	 * Who asks.
	 */
	enum Traffic {

		/** The open-loop generator at a constant rate. */
		HEAVY,

		/** One request in three seconds: connections that are idle most of the time. */
		TRICKLE,

		/** As many at once as wrk has connections, over HTTP/1.1. */
		WRK,

		/** As many at once as h2load has connections, over HTTP/2. */
		H2LOAD;

		boolean isClosedLoop() {
			return this == WRK || this == H2LOAD;
		}

	}

	/**
	 * The servlet container.
	 */
	enum Container {

		TOMCAT, JETTY

	}

	/**
	 * What requests run on.
	 */
	enum Threads {

		PLATFORM, VIRTUAL

	}

	/**
	 * What is spoken to the instances.
	 */
	enum Protocol {

		HTTP1, H2C

	}

	/**
	 * How the instances of a rollout run.
	 *
	 * @param container their container
	 * @param threads what requests run on
	 * @param protocol what is spoken to them
	 */
	record Fleet(Container container, Threads threads, Protocol protocol) {

		String id() {
			return name(this.container) + "/" + name(this.threads) + "/" + name(this.protocol);
		}

		/**
		 * How an instance is started.
		 * @param variant with us or without
		 * @param arguments further arguments
		 * @return the options
		 */
		AppOptions options(Variant variant, List<String> arguments) {
			AppOptions.Profile profile = (variant == Variant.VANILLA) ? AppOptions.Profile.VANILLA
					: AppOptions.Profile.DEFAULTS;
			List<String> all = new ArrayList<>(arguments);
			if (this.container == Container.JETTY) {
				all.add("--spring.profiles.include=jetty");
			}
			if (this.protocol == Protocol.H2C) {
				all.add("--server.http2.enabled=true");
			}
			return new AppOptions(profile, this.threads == Threads.VIRTUAL, all);
		}

	}

	/**
	 * The same jar with us and without us.
	 */
	enum Variant {

		VANILLA, HOLDFAST

	}

}

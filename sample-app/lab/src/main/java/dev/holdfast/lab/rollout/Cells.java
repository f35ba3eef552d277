/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.rollout.Cell.Balancer;
import dev.holdfast.lab.rollout.Cell.Container;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.rollout.Cell.Protocol;
import dev.holdfast.lab.rollout.Cell.Threads;
import dev.holdfast.lab.rollout.Cell.Traffic;

/**
 * Which combinations are played.
 */
final class Cells {

	private static final List<Traffic> OPEN_LOOP = List.of(Traffic.HEAVY, Traffic.TRICKLE);

	private Cells() {
	}

	/**
	 * As few as have every pair of values at least once. There is no nginx with HTTP/2 to
	 * its instances: the nginx of Debian does not speak it.
	 * @return eight cells
	 */
	static List<Cell> pairwise() {
		return List.of(Cell.of(Balancer.CHECKS, Traffic.HEAVY, Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1),
				Cell.of(Balancer.CHECKS, Traffic.TRICKLE, Container.JETTY, Threads.VIRTUAL, Protocol.H2C),
				Cell.of(Balancer.DELAYED, Traffic.HEAVY, Container.JETTY, Threads.PLATFORM, Protocol.H2C),
				Cell.of(Balancer.DELAYED, Traffic.TRICKLE, Container.TOMCAT, Threads.VIRTUAL, Protocol.HTTP1),
				Cell.of(Balancer.NGINX, Traffic.HEAVY, Container.JETTY, Threads.VIRTUAL, Protocol.HTTP1),
				Cell.of(Balancer.NGINX, Traffic.TRICKLE, Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1),
				Cell.of(Balancer.DIRECT, Traffic.HEAVY, Container.TOMCAT, Threads.VIRTUAL, Protocol.H2C),
				Cell.of(Balancer.DIRECT, Traffic.TRICKLE, Container.JETTY, Threads.PLATFORM, Protocol.HTTP1));
	}

	/**
	 * Clients of others, which send the next request when they have their answer.
	 * @return one cell for each
	 */
	static List<Cell> closedLoop() {
		return List.of(Cell.of(Balancer.CHECKS, Traffic.WRK, Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1),
				Cell.of(Balancer.DELAYED, Traffic.H2LOAD, Container.JETTY, Threads.PLATFORM, Protocol.H2C));
	}

	/**
	 * Everything that is possible.
	 * @return the product
	 */
	static List<Cell> product() {
		List<Cell> cells = new ArrayList<>();
		for (Balancer balancer : Balancer.values()) {
			for (Traffic traffic : OPEN_LOOP) {
				for (Fleet fleet : fleets()) {
					cells.add(new Cell(balancer, traffic, fleet));
				}
			}
		}
		return cells.stream().filter(Cell::isPossible).toList();
	}

	private static List<Fleet> fleets() {
		List<Fleet> fleets = new ArrayList<>();
		for (Container container : Container.values()) {
			for (Threads threads : Threads.values()) {
				for (Protocol protocol : Protocol.values()) {
					fleets.add(new Fleet(container, threads, protocol));
				}
			}
		}
		return fleets;
	}

	/**
	 * What fits in a minute: those of one fleet are played together.
	 * @return the cells, in the order of their fleets
	 */
	static List<Cell> brief() {
		return List.of(Cell.of(Balancer.CHECKS, Traffic.HEAVY, Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1),
				Cell.of(Balancer.NGINX, Traffic.TRICKLE, Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1),
				Cell.of(Balancer.DELAYED, Traffic.HEAVY, Container.JETTY, Threads.PLATFORM, Protocol.H2C),
				Cell.of(Balancer.DIRECT, Traffic.HEAVY, Container.JETTY, Threads.PLATFORM, Protocol.H2C));
	}

}

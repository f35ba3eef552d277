/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the misbehaving upstream.
 *
 * @param port the port on the loopback address; 0 takes any free one
 */
@ConfigurationProperties("demo.upstream")
record UpstreamProperties(@DefaultValue("9090") int port) {

}

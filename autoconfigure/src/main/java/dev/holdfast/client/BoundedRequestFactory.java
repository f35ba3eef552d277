/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * A request factory whose calls have limits. A client that is built on another one is
 * reported, unless the other one says by this interface that it bounds its calls itself.
 *
 * @since 0.1.0
 */
public interface BoundedRequestFactory extends ClientHttpRequestFactory {

}

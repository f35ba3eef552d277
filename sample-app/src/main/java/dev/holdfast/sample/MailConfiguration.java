/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableAsync;

/**
 * Mails are sent by threads of Boot's task executor.
 */
@Configuration(proxyBeanMethods = false)
@EnableAsync
class MailConfiguration {

}

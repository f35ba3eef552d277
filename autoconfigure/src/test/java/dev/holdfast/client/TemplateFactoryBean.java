/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.web.client.RestTemplate;

/**
 * Makes a client.
 */
class TemplateFactoryBean implements FactoryBean<RestTemplate> {

	@Override
	public RestTemplate getObject() {
		return new RestTemplate();
	}

	@Override
	public Class<?> getObjectType() {
		return RestTemplate.class;
	}

}

/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitterReturnValueHandler;

/**
 * Puts {@link EmitterReturnValueHandler} in the place of the handler that it wraps, and
 * leaves every other one where it is. Not ordered, so that it sees what other
 * post-processors have made of the list.
 */
final class EmitterPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<EmitterDrain> drain;

	EmitterPostProcessor(ObjectProvider<EmitterDrain> drain) {
		this.drain = drain;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RequestMappingHandlerAdapter adapter) {
			List<HandlerMethodReturnValueHandler> handlers = adapter.getReturnValueHandlers();
			if (handlers != null) {
				adapter.setReturnValueHandlers(handlers.stream().map(this::watched).toList());
			}
		}
		return bean;
	}

	private HandlerMethodReturnValueHandler watched(HandlerMethodReturnValueHandler handler) {
		return (handler instanceof ResponseBodyEmitterReturnValueHandler)
				? new EmitterReturnValueHandler(handler, this.drain.getObject()) : handler;
	}

}

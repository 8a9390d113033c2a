// 明算示例小程序。各页在 onLoad 里 init，引擎只加载一次。
App({});
